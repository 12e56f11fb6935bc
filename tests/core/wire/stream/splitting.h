#pragma once

#include "core/base/bytes.h"
#include "core/wire/stream/streamunit.h"

#include <QTest>

#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pushscope::test {

/// A unit a line: kind, its bytes (escaped), "cut", then its findings with their places.
struct Splitting
{
    std::string units;
    std::vector<std::size_t> unitsAfterPiece;
};

inline std::string_view word(StreamUnit::Kind kind)
{
    switch (kind) {
    case StreamUnit::Kind::Line: return "line";
    case StreamUnit::Kind::Chunk: return "chunk";
    case StreamUnit::Kind::Part: return "part";
    }
    return {};
}

inline std::string escaped(ByteView bytes)
{
    std::string text;
    for (const char c : bytes) {
        if (c == '\n')
            text += "\\n";
        else if (c == '\r')
            text += "\\r";
        else
            text += c;
    }
    return text;
}

/// Feeds the pieces one after the other, each in memory of its own, and ends the stream.
template <class Splitter>
Splitting split(Splitter splitter, const std::vector<Bytes> &pieces, bool cut = false)
{
    Splitting result;
    Bytes stream;
    std::uint64_t oldestNeeded = 0;
    std::size_t count = 0;
    const auto drain = [&] {
        StreamUnit unit;
        while (splitter.next(unit)) {
            if (unit.range.begin < oldestNeeded || unit.range.end > stream.size())
                result.units += "OUT OF PLACE ";
            oldestNeeded = splitter.oldestNeeded();
            result.units += std::string(word(unit.kind)) + " " +
                            escaped(ByteView(stream).substr(unit.range.begin, unit.range.size())) +
                            (unit.isCut ? " cut" : "");
            for (const Finding &finding : splitter.findings())
                result.units += " " + std::string(ruleInfo(finding.rule).id) + "@" + std::to_string(finding.begin);
            result.units += '\n';
            ++count;
        }
        oldestNeeded = splitter.oldestNeeded();
    };
    for (const Bytes &piece : pieces) {
        const std::unique_ptr<char[]> memory(new char[piece.size()]);
        std::memcpy(memory.get(), piece.data(), piece.size());
        stream += piece;
        splitter.feed({memory.get(), piece.size()});
        drain();
        result.unitsAfterPiece.push_back(count);
    }
    splitter.finish(cut);
    drain();
    return result;
}

/// Begins a table of streams and the units that they are split into; what it returns adds a row.
inline auto splittingTable()
{
    QTest::addColumn<std::string>("stream");
    QTest::addColumn<std::string>("expected");
    return [](const char *name, std::string stream, std::string expected) {
        QTest::newRow(name) << std::move(stream) << std::move(expected);
    };
}

/// The stream whole, cut at every byte, and byte by byte.
inline std::vector<std::vector<Bytes>> waysToCut(const Bytes &stream)
{
    std::vector<std::vector<Bytes>> ways{{stream}};
    for (std::size_t cut = 0; cut <= stream.size(); ++cut)
        ways.push_back({stream.substr(0, cut), stream.substr(cut)});
    ways.emplace_back();
    for (const char byte : stream)
        ways.back().emplace_back(1, byte);
    return ways;
}

} // namespace pushscope::test
