#pragma once

#include "core/capture/capture.h"
#include "core/insight/assembler.h"
#include "core/insight/assemblyrecipe.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pushscope {

/// A session's language-model texts, put together from its events, lines and WebSocket messages as the capture grows:
/// those of its stream, or what answers one of the requests beside it. Each request begins a response. Which format it
/// is is seen by the first events, unless it is told. An answer that refuses is told as an error.
class Assembly
{
public:
    /// Longer messages are not looked into.
    static constexpr std::uint64_t LongestMessage = 4 * 1024 * 1024;
    /// So many messages may say nothing before the format counts as unknown; it is still looked for in those after.
    static constexpr std::size_t FirstMessages = 64;

    struct Choice
    {
        std::optional<AssemblyPreset> preset; ///< nothing: by the first events
        AssemblyRecipe recipe;                ///< of AssemblyPreset::Recipe
        Seq companion;                        ///< the request beside the stream; invalid: the stream
    };

    Assembly(std::shared_ptr<const Capture> capture, SessionId session, Choice choice = {});
    ~Assembly();

    /// Takes records up to the published count, at most `limit` of them; returns whether there are more. A message is
    /// parsed when its record is taken: a caller that counts milliseconds takes few at a time.
    bool advance(std::uint64_t limit = ~0ull);
    [[nodiscard]] std::uint64_t position() const { return m_position; }

    /// The format in use: that of the choice, or what the first events of the current request showed.
    [[nodiscard]] std::optional<AssemblyPreset> preset() const { return m_preset; }
    [[nodiscard]] const Assembler &texts() const { return m_texts; }
    /// Messages so far, those that the format has no words for, and those that were too long.
    [[nodiscard]] std::uint64_t messages() const { return m_messages; }
    [[nodiscard]] std::uint64_t unknown() const { return m_unknown; }
    [[nodiscard]] std::uint64_t tooLong() const { return m_tooLong; }
    /// Of the latest answer; 0 before there was one, and over WebSockets.
    [[nodiscard]] int status() const { return m_status; }
    /// Grows with whatever of the above changes.
    [[nodiscard]] std::uint64_t revision() const { return m_revision; }

private:
    [[nodiscard]] bool isOurs(Seq seq, const Record &record);
    void take(Seq seq, const Record &record);
    void takeRequest(const Record &record);
    void takeAnswer(Seq seq);
    void takeBody(Seq seq, const Record &record);
    void takeMessage(Seq seq, const Record &record);
    void detect(Seq seq, const DeltaEvent &event);
    void use(AssemblyPreset preset);
    void assemble(Seq seq, const DeltaEvent &event);
    [[nodiscard]] Assembler::Event eventOf(Seq seq) const;
    /// Calls `use` with what a message says.
    template <class Use>
    void read(Seq seq, Use use);

    std::shared_ptr<const Capture> m_capture;
    SessionId m_session;
    Choice m_choice;
    std::uint64_t m_position = 0;
    std::optional<AssemblyPreset> m_preset;
    std::unique_ptr<DeltaShape> m_shape;
    std::vector<Seq> m_undecided; ///< messages before the format was seen
    std::optional<std::int64_t> m_requestAt;
    Assembler m_texts;
    std::uint64_t m_messages = 0, m_unknown = 0, m_tooLong = 0;
    std::uint64_t m_revision = 0;
    int m_status = 0;
    bool m_isOver = false; ///< the companion's connection and stream are another's now
};

} // namespace pushscope
