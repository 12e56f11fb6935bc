"""What a client sees of each SSE scenario of the demo server: one table for every client that is asked.

A row: the query that makes it quick, the events as (type, data, last event ID), and how it ends for the client: "204" (told not to come
back, or refused later), "failed" (the standard forbids to try again), or after how many of what the client is taken away, since it would go on for
ever.
"""

import json


def ticks(*ids):
    return [("message", f"event {id}", str(id)) for id in ids]


def made_each(interval):
    return [("message", f"made {(id - 1) * interval} ms after the first", str(id)) for id in range(1, 21)]


class Row:
    def __init__(self, path, events, end, errors=0, opens=None):
        self.path, self.events, self.end, self.errors, self.opens = path, events, end, errors, opens


def scenario(name, *arguments, **options):
    return Row(f"/scenario/{name}", *arguments, **options)


ROWS = [
    scenario("resume-after-drop?interval=5&retry=20", ticks(*range(1, 10)), "204"),
    scenario("resume-gap?interval=5&retry=20", ticks(1, 2, 3) + [("reset", '{"from":4,"oldest":9}', "3")] + ticks(9, 10, 11), "204"),
    scenario("duplicate-ids?interval=5&retry=20", ticks(1, 2, 2, 3, 2, 3, 4, 5), "204"),
    scenario("retry-changed?interval=5&retry=5000&later=20",
             [("message", "the reconnection time is the first one", "1"), ("message", "and now it is another", "2"),
              ("message", "back after the second reconnection time", "3")], "204"),
    scenario("status-204?interval=5&retry=20", ticks(1, 2), "204"),
    scenario("bogus-retry", [("message", "the reconnection time is 1500 ms", "1"), ("message", "and it still is: only ASCII digits count", "2")], "events"),
    scenario("nul-id", [("message", "the last event ID is 1", "1"), ("message", "an id with NUL is ignored, it still is 1", "1")], "events"),
    scenario("bom", [("message", "one byte order mark at the start is skipped", "1"), ("message", "so that this block has this line only", "2")], "events"),
    scenario("multi-line-data", [("message", "first line\nsecond line", "1"), ("message", "\n", "2"), ("message", "no space\n two spaces\n", "3")], "events"),
    scenario("unknown-fields", [("message", "what counts", "1"), ("message", "done", "2")], "events"),
    scenario("heartbeat-only?interval=10", [], "opens"),
    scenario("silent", [], "opens"),
    scenario("line-endings?interval=20", [("message", data, str(id)) for id, data in enumerate(
        ("LF", "CR", "CRLF", "CR, then LF", "CRLF in two writes", "done"), 1)], "events"),
    scenario("one-byte-writes?interval=0", [("message", "one byte a write \u20ac", "1"), ("message", "done", "2")], "events"),
    scenario("one-byte-writes?interval=0&framing=identity", [("message", "one byte a write \u20ac", "1"), ("message", "done", "2")], "events"),
    scenario("split-utf8?interval=5", [("message", "euro \u20ac, clef \U0001d11e", "1"), ("message", "cut \ufffd and wrong \ufffd become U+FFFD", "2")], "events"),
    scenario("final-event-unterminated", [("message", "the last whole event", "1")], "events"),
    scenario("status-500", [], "failed"),
    scenario("status-401", [], "failed"),
    scenario("wrong-content-type", [], "failed"),
    scenario("empty-200", [], "opens"),
    scenario("content-length?interval=5", [("message", "the length was announced", "1"), ("message", "so no third event can ever follow", "2")], "events"),
    scenario("slow-headers?interval=10", [("message", "the head came line by line", "1")], "events"),
    scenario("early-hints?interval=10", [("message", "behind an interim answer", "1")], "events"),
    scenario("chunk-extensions", [("message", "a chunk with extensions", "1"), ("message", "and trailers behind the last", "2")], "events"),
    scenario("cut-mid-event", [("message", "a whole event", "1"), ("message", "this time it is whole", "2")], "204"),
    scenario("reset?interval=50", [("message", "an event, then RST", "1"), ("message", "back after the reset", "2")], "204"),
    scenario("short-content", [("message", "ten bytes fewer than announced", "1")], "events"),
    scenario("never-answered?interval=5", [], "errors"),
    scenario("never-answered?interval=5&with=reset", [], "errors"),
    scenario("bad-chunk", [("message", "in a good chunk", "1")], "events"),
    scenario("answer", [("message", "the content of 200", "1")], "events"),
    scenario("answer?status=503", [], "failed"),
    scenario("answer?type=text%2Fplain", [], "failed"),
    scenario("answer?line=no-reason", [("message", "the content of 200", "1")], "events"),
    scenario("request?count=5", None, "204"),
    scenario("fails-later", [("message", "it opened", "1")], "204"),
    scenario("fails-later?with=type", [("message", "it opened", "1")], "204"),
    scenario("last-event-id?form=spaces", [("message", "spaces around it", " a b "), ("message", "Last-Event-ID: a b", " a b ")], "204"),
    scenario("reconnection-time?retry=20", [("message", "back, and with nothing to say about the time", "")], "204"),
    scenario("redirect-loop", [], "errors"),
] + [scenario(f"redirect?status={status}", [], "opens") for status in (301, 302, 303, 307, 308)] + [
    scenario("plainly-events?interval=5", [], "failed"),
    scenario("buffering-proxy?interval=2", made_each(2), "events"),
] + [scenario(f"{name}?coding={coding}&flush={flush}&interval=2", made_each(2), "events")
     for name, coding in (("gzip", "gzip"), ("deflate", "deflate"), ("brotli", "br"), ("zstd", "zstd")) for flush in (0, 1)] + [
    Row("/events?interval=5&count=5&drop=2&retry=20&seed=21", None, "204"),
    Row("/ndjson?interval=0&count=2", [], "failed"),
]


def driver(origin):
    """JavaScript that asks an EventSource of each row in turn and gives what it saw, as a promise."""
    rows = [{"url": origin + row.path, "end": row.end, "events": len(row.events) if row.events is not None else 5} for row in ROWS]
    return """(async () => {
    const watch = ({ url, end, events }) => new Promise((resolve) => {
        const seen = { events: [], opens: 0, states: [] };
        const source = new EventSource(url);
        const done = () => { source.close(); clearTimeout(patience); resolve(seen); };
        const patience = setTimeout(() => { seen.tookTooLong = true; done(); }, 12000);
        const take = (event) => {
            seen.events.push([event.type, event.data, event.lastEventId]);
            if (end === 'events' && seen.events.length === events)
                done();
        };
        for (const type of ['message', 'tick', 'reset'])
            source.addEventListener(type, take);
        source.onopen = () => { ++seen.opens; if (end === 'opens') done(); };
        source.onerror = () => {
            seen.states.push(source.readyState);
            if (source.readyState === 2 || end === 'errors')
                done();
        };
    });
    const rows = %s;
    const seen = [];
    let next = 0;
    await Promise.all(Array.from({ length: 5 }, async () => { // a browser has six connections for an origin
        while (next < rows.length) {
            const row = next++;
            seen[row] = await watch(rows[row]);
        }
    }));
    return seen;
})()""" % json.dumps(rows)
