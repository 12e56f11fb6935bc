#pragma once

#include "core/base/bytes.h"
#include "core/base/finding.h"
#include "core/wire/coding/contentcoding.h"
#include "core/wire/coding/decompressor.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace pushscope {

/// Undoes a message's content codings as they stream (RFC 9110 section 8.4): coded bytes in, plain bytes out as soon as
/// they can be told, in pieces no larger than the room that the caller has. Where the coded content is broken or a
/// bomb, it stops: what was decoded before stays, problem() says why, and the bytes from codedBytes() on are nobody's.
///
/// A bomb is content that grows beyond what its coding makes of anything but one byte repeated. Deflate packs at most
/// 258 bytes into two bits (1032:1), and that only where each byte equals the one before: events that are all alike
/// ("data:x", blank line) stay below 690:1, since a copy from further back says how far, and a flush costs five bytes,
/// so an event of 64 KiB of one letter comes at 660:1. For brotli and zstd a copy may be as long as a block: a snapshot
/// of 1 MiB that repeats unchanged comes at some 8,000:1, zeros at 29,000:1 and more. So beyond `BombFloor`, below
/// which no ratio is worth a word, 1000:1 is the limit for gzip and deflate, and 10,000:1 where brotli or zstd take
/// part.
class ContentDecoder
{
public:
    static constexpr std::uint64_t BombFloor = 16 * 1024 * 1024;
    static constexpr std::uint64_t DeflateRatio = 1'000;
    static constexpr std::uint64_t BlockRatio = 10'000;

    /// `applied`: at least one, at most MaxContentCodings, in the order of Content-Encoding.
    explicit ContentDecoder(const std::vector<ContentCoding> &applied);

    /// Coded bytes; the view holds until next() has returned 0.
    void feed(ByteView coded);
    /// Writes the next plain bytes; returns how many, 0 when no more come of what was fed. `plain` is not empty.
    [[nodiscard]] std::size_t next(std::span<char> plain);
    /// The content has ended.
    void finish();
    /// What the last call noticed; ranges count coded bytes from the first.
    [[nodiscard]] std::span<const Finding> findings() const { return m_findings; }

    /// What is decoded, from the first byte on.
    [[nodiscard]] std::uint64_t codedBytes() const { return m_taken; }
    [[nodiscard]] std::uint64_t plainBytes() const { return m_made; }
    /// Why it stopped, a phrase ("the gzip content is broken: incorrect data check"); "" while it goes on.
    [[nodiscard]] const std::string &problem() const { return m_problem; }
    /// It stopped because the content is a bomb.
    [[nodiscard]] bool isBomb() const { return m_isBomb; }
    /// The content may not end here.
    [[nodiscard]] bool isInside() const;
    /// Coded bytes were taken that more plain bytes will come of; see Decompressor.
    [[nodiscard]] bool holdsContent() const;

private:
    struct Step
    {
        ContentCoding coding;
        std::unique_ptr<Decompressor> decompressor;
        Bytes buffer;        ///< what the step before made, unless that is the network
        ByteView input;      ///< what is left of it
        bool isFull = false; ///< its room was used up: more may come without input
        bool isBegun = false;
    };

    std::size_t pull(std::size_t index, std::span<char> plain);
    Decompressor::Progress decode(std::size_t index, std::span<char> plain);
    void judgeGrowth();
    void stop(Rule rule, std::string problem, std::int64_t argument);

    std::vector<Step> m_steps; ///< the first undoes what was applied last
    std::vector<Finding> m_findings;
    std::string m_problem;
    std::uint64_t m_ratio = DeflateRatio;
    std::uint64_t m_taken = 0;
    std::uint64_t m_made = 0;
    bool m_isUnwrappedTold = false;
    bool m_isBomb = false;
};

} // namespace pushscope
