"""Reads messages with their length before each, answers one line for each: pass or fail for every signature, in order. Keys come as name=value lines of a file."""
import sys
import dkim

records = dict(line.split("=", 1) for line in open(sys.argv[1], encoding="ascii").read().splitlines())
find = lambda name, timeout=5: records[name.decode("ascii").rstrip(".")].encode("ascii")
while True:
    size = sys.stdin.buffer.readline()
    if not size:
        break
    verifier = dkim.DKIM(sys.stdin.buffer.read(int(size)), minkey=1024)
    count = sum(1 for name, _ in verifier.headers if name.lower() == b"dkim-signature")
    verdicts = []
    for index in range(count):
        try:
            verdicts.append("pass" if verifier.verify(index, dnsfunc=find) else "fail")
        except dkim.DKIMException as error:
            verdicts.append("fail")
    print(" ".join(verdicts), flush=True)
