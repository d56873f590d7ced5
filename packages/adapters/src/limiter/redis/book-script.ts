/**
 * `bookHits` of core, where Redis keeps the hits: KEYS[1] holds a JSON list of [instant, count]. ARGV: count, least, from, windowMs, limit, unusedAt, unusedCount (0: none),
 * the latest instant that this process knows to be booked. Answers the instant and how many. A key that is gone before that instant has left its window was lost
 * with what others had booked, so nothing is booked before a whole window has passed. Numbers stay below 2^53, which Lua's are exact to.
 */
export const BOOK = `
local count, least, from = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local window, limit = tonumber(ARGV[4]), tonumber(ARGV[5])
local unusedAt, unused, known = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local stored = redis.call('GET', KEYS[1])
if not stored and known > from - window then from = from + window end
local hits = {}
for _, hit in ipairs(stored and cjson.decode(stored) or {}) do
  if hit[1] == unusedAt then
    local gone = math.min(unused, hit[2])
    unused = unused - gone
    hit[2] = hit[2] - gone
  end
  if hit[2] > 0 and hit[1] > from - 2 * window then table.insert(hits, hit) end
end
local at, fits = from, limit
if count > 0 then
  table.sort(hits, function (one, other) return one[1] > other[1] end)
  for _, hit in ipairs(hits) do
    if hit[1] <= at - window then break end
    if fits - hit[2] < least then
      at = math.max(from, hit[1] + window)
      break
    end
    fits = fits - hit[2]
  end
  count = math.min(count, math.max(fits, least))
  table.insert(hits, { at, count })
end
if #hits == 0 then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], cjson.encode(hits), 'PX', at - from + 3 * window)
end
return { tostring(at), tostring(count) }
`
