#include "core/wire/coding/contentdecoder.h"

#include "core/wire/coding/brotlicoding.h"
#include "core/wire/coding/zlibcoding.h"
#include "core/wire/coding/zstdcoding.h"

#include <QtGlobal>

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

constexpr std::size_t BufferBytes = 16 * 1024; ///< between one coding and the next

std::unique_ptr<Decompressor> makeDecompressor(ContentCoding coding)
{
    switch (coding) {
    case ContentCoding::Gzip: return makeZlibDecompressor(ZlibFormat::Gzip);
    case ContentCoding::Deflate: return makeZlibDecompressor(ZlibFormat::Zlib);
    case ContentCoding::Brotli: return makeBrotliDecompressor();
    case ContentCoding::Zstd: return makeZstdDecompressor();
    }
    return nullptr;
}

} // namespace

ContentDecoder::ContentDecoder(const std::vector<ContentCoding> &applied)
{
    Q_ASSERT(!applied.empty() && applied.size() <= MaxContentCodings);
    for (auto coding = applied.rbegin(); coding != applied.rend(); ++coding) {
        m_steps.push_back({*coding, makeDecompressor(*coding), {}, {}});
        if (*coding == ContentCoding::Brotli || *coding == ContentCoding::Zstd)
            m_ratio = BlockRatio;
    }
}

void ContentDecoder::feed(ByteView coded)
{
    m_steps.front().input = coded;
}

std::size_t ContentDecoder::next(std::span<char> plain)
{
    m_findings.clear();
    if (!m_problem.empty())
        return 0;
    const std::size_t made = pull(m_steps.size() - 1, plain);
    m_made += made;
    judgeGrowth();
    return made;
}

/// What a step makes next; it asks the one before for its input.
std::size_t ContentDecoder::pull(std::size_t index, std::span<char> plain)
{
    while (m_problem.empty()) {
        Step &step = m_steps[index];
        if (!step.input.empty() || step.isFull) {
            const Decompressor::Progress progress = decode(index, plain);
            if (progress.made > 0)
                return progress.made;
            if (progress.taken > 0)
                continue;
        }
        if (index == 0)
            return 0;
        step.buffer.resize(BufferBytes);
        const std::size_t size = pull(index - 1, step.buffer);
        if (size == 0)
            return 0;
        step.input = ByteView(step.buffer).substr(0, size);
    }
    return 0;
}

Decompressor::Progress ContentDecoder::decode(std::size_t index, std::span<char> plain)
{
    Step &step = m_steps[index];
    const Decompressor::Progress progress = step.decompressor->decode(step.input, plain);
    step.input.remove_prefix(progress.taken);
    step.isFull = progress.made == plain.size();
    step.isBegun = step.isBegun || progress.taken > 0;
    if (index == 0)
        m_taken += progress.taken;
    if (step.decompressor->isUnwrapped() && !std::exchange(m_isUnwrappedTold, true))
        m_findings.push_back({Rule::HttpContentCodingRawDeflate});
    if (const std::string &problem = step.decompressor->problem(); !problem.empty())
        stop(Rule::HttpContentCodingBroken, "the " + std::string(word(step.coding)) + " content is broken: " + problem,
             0);
    return progress;
}

void ContentDecoder::judgeGrowth()
{
    if (m_made <= BombFloor || m_made / m_ratio <= m_taken || !m_problem.empty())
        return;
    m_isBomb = true;
    stop(Rule::HttpContentCodingBomb,
         std::to_string(m_taken) + " coded bytes have become " + std::to_string(m_made) +
             ", which no stream of events does",
         static_cast<std::int64_t>(m_made));
}

void ContentDecoder::stop(Rule rule, std::string problem, std::int64_t argument)
{
    m_problem = std::move(problem);
    m_findings.push_back({rule, m_taken, 0, argument});
}

void ContentDecoder::finish()
{
    m_findings.clear();
    if (m_problem.empty() && isInside())
        m_findings.push_back({Rule::HttpContentCodingCut, m_taken});
}

bool ContentDecoder::isInside() const
{
    return std::any_of(m_steps.begin(), m_steps.end(),
                       [](const Step &step) { return step.isBegun && !step.decompressor->isComplete(); });
}

bool ContentDecoder::holdsContent() const
{
    return std::any_of(m_steps.begin(), m_steps.end(),
                       [](const Step &step) { return step.isBegun && step.decompressor->holdsContent(); });
}

} // namespace pushscope
