#include "core/wire/http/http2splitter.h"
#include "tests/fuzz/invariant.h"

#include <memory>
#include <string>
#include <vector>

using namespace pushscope;

namespace {

constexpr std::uint64_t headLimit = 300; // low, so that short inputs reach it
constexpr std::uint32_t frameLimit = 200;

/// A preface, frame or junk, in a form that does not depend on how the input was cut.
struct Item
{
    Http2Fact::Kind kind;
    Http2FrameHeader frame;
    ByteRange range;
    Bytes content; ///< Data facts together, or the payload
    std::vector<Finding> findings;
    std::shared_ptr<const HpackBlock> block;
    std::uint32_t blockStream;
};

bool isSame(const HpackBlock *a, const HpackBlock *b)
{
    if (a == nullptr || b == nullptr)
        return a == b;
    return a->fields == b->fields && a->sizeUpdates == b->sizeUpdates && a->tableSize == b->tableSize &&
           a->decodedBytes == b->decodedBytes && a->leftOut == b->leftOut && a->error == b->error;
}

bool isSame(const Item &a, const Item &b)
{
    return a.kind == b.kind && a.frame == b.frame && a.range == b.range && a.content == b.content &&
           a.findings == b.findings && a.blockStream == b.blockStream && isSame(a.block.get(), b.block.get());
}

class Reader
{
public:
    explicit Reader(Http2Splitter::Sender sender) : m_splitter(sender, headLimit)
    {
        m_splitter.allowFrameSize(frameLimit);
    }

    std::vector<Item> read(ByteView bytes, std::size_t partSize)
    {
        for (std::size_t at = 0; at < bytes.size(); at += partSize) {
            const ByteView cut = bytes.substr(at, partSize);
            const auto copy = std::make_unique<char[]>(cut.size()); // a sanitizer sees a view that reaches too far
            cut.copy(copy.get(), cut.size());
            m_part = {copy.get(), cut.size()};
            m_fed += cut.size();
            m_splitter.feed(m_part);
            drain();
        }
        m_part = {};
        m_splitter.finish();
        drain();
        PUSHSCOPE_INVARIANT(m_end == bytes.size());
        PUSHSCOPE_INVARIANT(m_splitter.pendingBytes() == 0 && !m_isInside);
        return std::move(m_items);
    }

private:
    void drain()
    {
        Http2Fact fact;
        while (m_splitter.next(fact)) {
            for (const Finding &finding : m_splitter.findings()) {
                PUSHSCOPE_INVARIANT(finding.begin >= fact.range.begin);
                PUSHSCOPE_INVARIANT(finding.begin + finding.length <= m_fed);
            }
            take(fact);
        }
        PUSHSCOPE_INVARIANT(m_splitter.findings().empty());
        PUSHSCOPE_INVARIANT(m_splitter.pendingBytes() == m_fed - m_end);
    }

    void take(const Http2Fact &fact)
    {
        switch (fact.kind) {
        case Http2Fact::Kind::Begin:
            PUSHSCOPE_INVARIANT(!m_isInside && fact.range.begin == m_end);
            PUSHSCOPE_INVARIANT(fact.range.size() == fact.frame.length + Http2FrameHeader::Size);
            m_isInside = true;
            add(fact);
            return;
        case Http2Fact::Kind::Data: takeData(fact); return;
        case Http2Fact::Kind::End: takeEnd(fact); return;
        case Http2Fact::Kind::Preface:
            PUSHSCOPE_INVARIANT(fact.range == (ByteRange{0, Http2Preface.size()}));
            add(fact);
            break;
        case Http2Fact::Kind::Junk:
            PUSHSCOPE_INVARIANT(fact.range.begin == m_end && fact.bytes.size() == fact.range.size());
            if (m_items.empty() || m_items.back().kind != fact.kind)
                add(fact);
            else
                PUSHSCOPE_INVARIANT(m_splitter.findings().empty());
            m_items.back().range.end = fact.range.end;
            break;
        }
        PUSHSCOPE_INVARIANT(!m_isInside);
        m_end = fact.range.end;
    }

    void add(const Http2Fact &fact)
    {
        m_items.push_back({fact.kind,
                           fact.kind == Http2Fact::Kind::Begin ? fact.frame : Http2FrameHeader{},
                           fact.range,
                           {},
                           {m_splitter.findings().begin(), m_splitter.findings().end()},
                           nullptr,
                           0});
        m_dataEnd = fact.range.begin + Http2FrameHeader::Size;
    }

    void takeData(const Http2Fact &fact)
    {
        PUSHSCOPE_INVARIANT(m_isInside && fact.frame == m_items.back().frame);
        PUSHSCOPE_INVARIANT(fact.range.begin >= m_dataEnd && fact.range.end <= m_fed);
        PUSHSCOPE_INVARIANT(fact.bytes.size() == fact.range.size() && !fact.bytes.empty());
        PUSHSCOPE_INVARIANT(fact.bytes.data() >= m_part.data());
        PUSHSCOPE_INVARIANT(fact.bytes.data() + fact.bytes.size() <= m_part.data() + m_part.size());
        m_dataEnd = fact.range.end;
        m_items.back().content += fact.bytes;
    }

    void takeEnd(const Http2Fact &fact)
    {
        Item &item = m_items.back();
        PUSHSCOPE_INVARIANT(m_isInside && fact.frame == item.frame && fact.range.begin == item.range.begin);
        PUSHSCOPE_INVARIANT(fact.range.end <= item.range.end && fact.range.end <= m_fed);
        PUSHSCOPE_INVARIANT(fact.payload.empty() || (item.content.empty() && fact.payload.size() <= frameLimit));
        m_isInside = false;
        m_end = fact.range.end;
        item.range = fact.range;
        item.content += fact.payload;
        item.findings.insert(item.findings.end(), m_splitter.findings().begin(), m_splitter.findings().end());
        item.block = fact.block;
        item.blockStream = fact.blockStream;
        if (!fact.block)
            return;
        std::uint64_t kept = 0;
        for (const HpackField &field : fact.block->fields)
            kept += field.name.size() + field.value.size() + 32;
        PUSHSCOPE_INVARIANT(kept <= headLimit);
        PUSHSCOPE_INVARIANT(fact.block->tableSize <= 4096);
    }

    Http2Splitter m_splitter;
    ByteView m_part;
    std::uint64_t m_fed = 0;
    std::uint64_t m_end = 0;     ///< where the last preface, frame or junk ended
    std::uint64_t m_dataEnd = 0; ///< where the frame's last Data ended
    bool m_isInside = false;
    std::vector<Item> m_items;
};

} // namespace

/// However a direction is cut, the same frames, blocks and Findings come of it, and every byte is in one of them. The
/// first byte chooses the sender and the cuts.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto sender = (data[0] & 1) != 0 ? Http2Splitter::Sender::Client : Http2Splitter::Sender::Server;
    const ByteView bytes(reinterpret_cast<const char *>(data + 1), size - 1);
    const std::vector<Item> whole = Reader(sender).read(bytes, size);
    for (const std::size_t partSize : {std::size_t(1), std::size_t(2) + (data[0] >> 1)}) {
        const std::vector<Item> parts = Reader(sender).read(bytes, partSize);
        PUSHSCOPE_INVARIANT(parts.size() == whole.size());
        for (std::size_t i = 0; i < whole.size(); ++i)
            PUSHSCOPE_INVARIANT(isSame(whole[i], parts[i]));
    }
    return 0;
}
