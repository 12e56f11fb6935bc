#pragma once

#include "core/capture/capture.h"

#include <QWidget>

#include <memory>

class QTreeWidget;
class QTreeWidgetItem;

namespace pushscope {

class HexView;
class PlainLabel;

/// Who carried whom: a message, its frames, their chunks, the socket reads, with times, so that batching and buffering
/// show. A row leads to its record; the bytes of the record asked about are lit in those of what carried it.
class LayersPane : public QWidget
{
    Q_OBJECT
public:
    /// Carriers shown of one record; a message of 256 MiB has thousands.
    static constexpr std::size_t CarrierLimit = 100;
    static constexpr std::size_t RowLimit = 500;
    static constexpr std::uint64_t BytesLimit = 64 * 1024;

    explicit LayersPane(std::shared_ptr<const Capture> capture, QWidget *parent = nullptr);

    void showRecord(Seq seq);

Q_SIGNALS:
    /// A row was activated.
    void recordPicked(pushscope::Seq seq);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    /// A narrow pane leaves out the times, then the sizes: who carried whom comes first.
    void fitColumns();
    [[nodiscard]] int widthOf(int column) const;
    QTreeWidgetItem *addRecord(QTreeWidgetItem *parent, Seq seq, Seq carried);
    void addCarriers(QTreeWidgetItem *parent, Seq seq, int depth);
    void addCarried(Seq seq);
    /// What stands below the tree: what came together with the record, what was found about it.
    [[nodiscard]] QString together(Seq seq) const;
    [[nodiscard]] QString decoded(Seq seq) const;
    [[nodiscard]] QString findings(Seq seq) const;
    void showBytes(Seq seq);

    std::shared_ptr<const Capture> m_capture;
    QTreeWidget *m_tree;
    PlainLabel *m_said;
    HexView *m_hex;
    Seq m_seq;
    std::size_t m_rows = 0;
};

} // namespace pushscope
