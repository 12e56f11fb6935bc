#pragma once

#include "app/options/commandline.h"
#include "app/record/narrator.h"
#include "app/record/recordoutput.h"
#include "app/record/totals.h"
#include "core/base/error.h"
#include "core/capture/files/jsonlines.h"

#include <QObject>
#include <QTimer>

#include <bitset>
#include <cstdint>
#include <memory>
#include <string>

namespace pushscope {

class Capture;

/// Follows a capture and writes its records as JSON lines, on a thread of its own, so that a slow reader of our output
/// holds up neither the engine nor signals. Behind the last message of --count only what says how the connection ended
/// is written.
class RecordWriter : public QObject
{
    Q_OBJECT
public:
    RecordWriter(std::shared_ptr<const Capture> capture, const RecordOptions &options, RecordOutput output);

    /// Begins to follow; on the writer's thread.
    void start();
    /// Writes what is still missing and ends; finished() follows. On the writer's thread.
    void finish();

    // To be read after finished().
    [[nodiscard]] const Totals &totals() const { return m_totals; }
    [[nodiscard]] std::uint64_t lost() const { return m_lost; }
    [[nodiscard]] bool hasOtherFailure() const { return m_narrator.hasOtherFailure(); }

Q_SIGNALS:
    /// As many messages as --count asked for are written.
    void countReached();
    /// The output takes no more: what follows is lost and counted.
    void outputFailed(const pushscope::Error &error);
    /// The same, because who reads it has gone.
    void readerGone();
    void finished();

private:
    [[nodiscard]] bool isAskedFor(RecordKind kind) const;
    void follow(bool toTheEnd);
    bool isUndecided(Seq close, Seq published);
    void take(const Record &record, Seq seq);
    [[nodiscard]] bool isBehindEnd(const Record &record, Seq seq) const;
    void flush();
    void release();
    void lookForReader();

    std::shared_ptr<const Capture> m_capture;
    RecordOptions m_options;
    RecordOutput m_output;
    JsonLines m_lines;
    Totals m_totals;
    Narrator m_narrator;
    std::bitset<static_cast<std::size_t>(RecordKind::Count)> m_asked; ///< kinds that something is said or counted of
    std::unique_ptr<QTimer> m_timer;
    std::unique_ptr<QTimer> m_readerTimer;
    std::string m_buffer;
    Seq m_next = Seq(1);
    Seq m_awaiting; ///< the close frame whose answer was looked for last
    Seq m_searched; ///< up to where
    std::uint64_t m_messages = 0;
    std::uint64_t m_lost = 0;
    Seq m_end; ///< the last message that --count allows, once it came
    bool m_failed = false;
};

} // namespace pushscope
