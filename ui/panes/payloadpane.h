#pragma once

#include "core/capture/capture.h"

#include <QWidget>

#include <memory>

class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTreeView;

namespace pushscope {

class HexView;
class JsonTreeModel;
class PictureView;
class PlainLabel;

/// What a message says: as a tree where it is JSON, as a picture where a part is one, as text, and always as bytes. Of
/// what happened on the connection, which has no payload, the sentence.
class PayloadPane : public QWidget
{
    Q_OBJECT
public:
    /// What of a payload the pane shows; copy and save take all of it.
    static constexpr std::uint64_t TextLimit = 64 * 1024;
    static constexpr std::uint64_t BytesLimit = 1024 * 1024;

    explicit PayloadPane(std::shared_ptr<const Capture> capture, QWidget *parent = nullptr);

    void showRecord(Seq seq);

Q_SIGNALS:
    /// The user wants the whole payload in a file; who asks for the name stands outside.
    void saveRequested(pushscope::Seq seq);

private:
    [[nodiscard]] QWidget *makeHead();
    void showText();
    void copyAll() const;

    std::shared_ptr<const Capture> m_capture;
    QPushButton *m_asTree;
    QPushButton *m_asText;
    PlainLabel *m_said;
    QPushButton *m_copy;
    QPushButton *m_save;
    QStackedWidget *m_stack;
    JsonTreeModel *m_json;
    QTreeView *m_tree;
    QPlainTextEdit *m_text;
    PictureView *m_picture;
    HexView *m_hex;
    Seq m_seq;
    Bytes m_raw;
    Bytes m_indented;
    QString m_sentence; ///< in the place of a payload
    bool m_isJson = false;
    bool m_isPicture = false;
};

} // namespace pushscope
