#pragma once

#include "core/capture/capture.h"

#include <QWidget>

#include <memory>
#include <vector>

class QPushButton;

namespace pushscope {

class BitTable;
class FieldList;
class HexView;
class PlainLabel;

/// The bytes of a frame: its header as a bit table or a list of fields, beside the bytes themselves; each lights the
/// other. For a message the frames that carried it, one after the other.
class FramePane : public QWidget
{
    Q_OBJECT
public:
    static constexpr std::uint64_t BytesLimit = 256 * 1024;

    explicit FramePane(std::shared_ptr<const Capture> capture, QWidget *parent = nullptr);

    void showRecord(Seq seq);

private:
    void showFrame(std::size_t place);
    void light(quint64 begin, quint64 end, const QString &note);

    std::shared_ptr<const Capture> m_capture;
    PlainLabel *m_title;
    QPushButton *m_previous;
    QPushButton *m_next;
    BitTable *m_bits;
    PlainLabel *m_note;
    FieldList *m_fields;
    HexView *m_hex;
    std::vector<Seq> m_frames;
    std::size_t m_place = 0;
};

} // namespace pushscope
