#include "tests/core/engine/ledgertext.h"

#include "core/insight/reconnectledger.h"

#include <cstdio>

namespace pushscope::test {

namespace {

std::string number(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
}

std::string milliseconds(std::int64_t nanoseconds)
{
    return number(static_cast<double>(nanoseconds) / 1e6);
}

std::string span(std::int64_t from, const std::optional<std::int64_t> &to)
{
    return to ? milliseconds(*to - from) : "-";
}

std::string sentText(const LedgerEntry &entry, const LedgerTexts &texts)
{
    const std::string id = texts.idSent.value_or("nothing");
    switch (entry.idSent) {
    case IdSent::Nothing: return id;
    case IdSent::Given: return id + " given";
    case IdSent::Same: return id + " same";
    case IdSent::Other: return id + " other than " + texts.idBefore.value_or("?");
    case IdSent::Emptied: return id + " emptied";
    }
    return id;
}

std::string waitText(const LedgerEntry &entry)
{
    if (!entry.delayMs && !entry.frozen)
        return {};
    std::string text = "; wait";
    if (entry.delayMs)
        text += " " + number(*entry.delayMs) + " " + std::string(word(entry.delaySource));
    text += entry.frozen ? " frozen" : "";
    text += entry.storm ? " storm" : "";
    return text + (entry.waitEndedAt ? " over at " + milliseconds(*entry.waitEndedAt) : "");
}

std::string resumeText(const ResumeFacts &facts)
{
    return "; resume " + std::string(word(facts.idKind)) + " gap " + (facts.gap ? std::to_string(*facts.gap) : "?") +
           " duplicates " + std::to_string(facts.duplicates) + " replayed " + std::to_string(facts.replayed) +
           (facts.ignored ? " ignored" : "");
}

std::string entryText(const Capture &capture, const LedgerEntry &entry)
{
    const LedgerTexts texts = textsOf(capture, entry);
    std::string text = "attempt " + std::to_string(entry.attempt) + " at " + milliseconds(entry.beganAt) +
                       " connecting " + span(entry.beganAt, entry.openedAt ? entry.openedAt : entry.endedAt) +
                       " open " + (entry.openedAt ? span(*entry.openedAt, entry.endedAt) : "never");
    text += entry.status != 0 ? "; status " + std::to_string(entry.status) : "";
    text += "; sent " + sentText(entry, texts);
    text += "; events " + std::to_string(entry.events);
    text += entry.firstEventAt ? " first +" + span(*entry.openedAt, entry.firstEventAt) : "";
    text += texts.idSeen ? "; seen " + *texts.idSeen : "";
    text += entry.resume ? resumeText(*entry.resume) : "";
    if (!entry.outcome.isValid())
        return text + "; " + std::string(word(entry.state));
    text += "; " + std::string(word(entry.cause)) + ", " + texts.verdict;
    text += texts.errorCode.empty() ? "" : " (" + texts.errorCode + ")";
    return text + waitText(entry) + "; " + std::string(word(entry.state));
}

} // namespace

std::vector<std::string> ledgerText(const std::shared_ptr<const Capture> &capture, SessionId session)
{
    ReconnectLedger ledger(capture, session);
    ledger.advance();
    std::vector<std::string> lines;
    for (const LedgerEntry &entry : ledger.entries())
        lines.push_back(entryText(*capture, entry));
    return lines;
}

} // namespace pushscope::test
