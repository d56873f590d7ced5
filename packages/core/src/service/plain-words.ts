/**
 * The words that drivers, platforms and mail servers make their messages of, and ours. Nothing that a tenant, a recipient or a secret is called: what stands here is
 * logged wherever it occurs. Names of errors of the platform are in lower case like all others.
 */
const TEXT = `
a about above abort aborted accept accepted access account active adapter address addresses after again agent alive all allocate allocation allowed alone already an
and another answer answered any are argument arguments array as asked assignment async at attempt attempts authentication authenticated authorized auth available away
backend bad base64 batch be been before begin behind being below between bigint bind block blocked body boolean both broken buffer but by bytes cache call callback
called can can't cancelled canceled cannot certificate chain changed channel character characters check circular class client clock close closed closing code column
columns command commands commit committed concurrent condition config configuration configured conflict connect connected connecting connection connections constant
constraint constructor contain contains content context convert converting corrupt could couldn't count create created current cursor data database date day days
deadline deadlock deadlocked decode decrypt default deferred defined delete deliver delivery denied depth destroyed detected did didn't different digest digits
directory disabled disconnected disk dkim dns do does doesn't domain don't down due duplicate during each empty enabled encoding encountered encrypted encryption end
ended enough entry error errors established event every exceed exceeded exceeds exception exclusive execute exist existing exists exit expected expired extension
external fail failed fails failure false family fatal feature fetch field file files final find finished first flag flush for forbidden foreign form format found from
full function gave get given go goes gone got greater greeting greylisted group had handle handled handler handling handshake has hash have header headers held hello
her here host hostname hour hours http https id identifier idle if ignored illegal immutable in incoming incomplete incorrect index initialize initialized input insert
instance insufficient integer internal interrupt interrupted into invalid invocation is isn't issuer it iterable its job json key keys kind known large last late later
leaf lease leaves left length less level limit limits line link list listen listening literal local lock locked login long longer lookup loop lost mail mailbox mails
make map match matched maximum may mechanism memory message messages method migration millisecond milliseconds min minimum minute minutes mismatch missing mode module
more most moved ms multiple must mx name named names native need needs negative network never new next no nobody node none nonce not nothing notice now null nxdomain
number object of off offer offered offset old on once one only open opened operation operator option options or order other others out outcome output outside over
overflow own packet page parameter parameters parse parsed parser partial password patience peer pending per perform permission permitted pipe pipeline plain please
policy pool port position postgres prepared primary private process processed promise properties property protocol proto proxy public put query queryable queue quota rate raw
reached read read-only readable readers reading ready reason received recipient recipients record records recovery redirect redis reference refused reject rejected
relation relay relaying release released remaining remote remove removed replica replication reply request requested required requires reset resolve resolver
resource response restart result retry return returned revoked role rollback room root route routines row rows running schema script second seconds secret secure
select self self-signed send sender sending sent sequence serialization serialize serializable server service session set short should shut shutdown shutting signal
signature signed since single size slot slow smtp snapshot so socket some source space spam specified ssl stack stale standby start started starting startup state
statement status still stop stopped storage store stored stream string such supported symbol syntax system table take taken target temporarily temporary terminate
terminated terminating terminator text than that the their them then there these they this those thread throws time timed timeout times tls to token too transaction
transient transport trigger true trusted try trying type unable unauthorized unavailable undefined under unexpected unexpectedly unhandled unicode unique unit unknown
unreachable unreadable unsupported until unusable up update upkeep upstream url use used user username using utf8 valid value values variable verdict verification
verify version view violates violation wait waiting was wasn't way we were what when where which while who whose why will with within without won't word work worker
workers would writable write writing written wrong yes yet you your zero

eabort eacces eaddrinuse eaddrnotavail eai_again eauth ebadf ebadname ebusy econfig econnaborted econnection econnrefused econnreset edns edquot eenvelope eexist
ehostunreach eio eisdir emessage emfile enetdown enetunreach enfile enoauth enodata enoent enomem enospc enotconn enotdir enotfound eoauth2 eperm epipe eproto eprotocol
eproxy erefused erequiretls erofs eservfail esocket estream etimedout etimeout etls
aborterror aggregateerror rangeerror referenceerror syntaxerror timeouterror typeerror urierror
auto-reply complaint hops parts report too-large too-many-parts unrelated
apply claim fsync getaddrinfo mkdir querya queryaaaa querymx querytxt rename scandir stat unlink
`

export const PLAIN_WORDS: ReadonlySet<string> = new Set(TEXT.split(/\s+/).filter((word) => word !== ''))
