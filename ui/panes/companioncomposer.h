#pragma once

#include "core/base/companionrequest.h"
#include "core/base/expected.h"
#include "core/base/ids.h"
#include "ui/panes/sendhistory.h"
#include "ui/text/bodykind.h"
#include "ui/text/jsonproblem.h"

#include <QFrame>
#include <QString>

#include <map>
#include <memory>
#include <vector>

class QBoxLayout;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace pushscope {

class Capture;
class CompanionOutcome;
class ComposeText;
class McpRequest;
class ModeChips;
class PairTable;
class PlainLabel;

/// Sends an HTTP request beside a stream: method, URL, header fields and a body as text, JSON, a form or a file. What
/// was being written stays with its stream. Beside a Model Context Protocol endpoint what it needs stands there
/// already.
class CompanionComposer : public QFrame
{
    Q_OBJECT
public:
    explicit CompanionComposer(std::shared_ptr<const Capture> capture, QWidget *parent = nullptr);
    ~CompanionComposer() override;

    /// Beside whom; `url` is what is asked when nothing else was typed.
    void setStream(SessionId session, const QString &name, const QString &url);
    void focusText();
    /// Looks what came of what was sent.
    void advance();

Q_SIGNALS:
    void sendRequested(const pushscope::CompanionRequest &request);
    void recordPicked(pushscope::Seq seq);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    static constexpr int WidthOfOneRow = 900;
    /// What stands in a draft unless something else was typed.
    struct Proposal
    {
        QString url;
        std::vector<HeaderField> headers;
        friend bool operator==(const Proposal &, const Proposal &) = default;
    };
    struct Draft
    {
        QString method = QStringLiteral("POST");
        QString url;
        BodyKind kind = BodyKind::Json;
        QString text;
        std::vector<HeaderField> headers;
        Proposal proposed; ///< the last one
        friend bool operator==(const Draft &, const Draft &) = default;
    };
    [[nodiscard]] QWidget *makeMore();
    void layOut();
    void join();
    void pair();
    void setKind(BodyKind kind);
    void load(const Draft &draft);
    void propose();
    void edited();
    void send();
    void chooseFile();
    void recall(int step);
    [[nodiscard]] std::optional<JsonProblem> problem() const;
    [[nodiscard]] Expected<Bytes, QString> body() const;

    std::shared_ptr<const Capture> m_capture;
    std::unique_ptr<McpRequest> m_mcp;
    SessionId m_session;
    Draft m_draft;
    std::map<SessionId, Draft> m_drafts; ///< of the other streams
    SendHistory<Draft> m_history;
    bool m_showing = false;
    PlainLabel *m_name;
    QComboBox *m_method; // made in the order that Tab goes through them
    QLineEdit *m_url;
    QPushButton *m_moreShown;
    ModeChips *m_modes;
    ComposeText *m_text;
    QPushButton *m_browse;
    QPushButton *m_format;
    QPushButton *m_send;
    PairTable *m_headers;
    QComboBox *m_pairSide;
    QLineEdit *m_pairBy;
    QLineEdit *m_pairIn;
    QWidget *m_more;
    PlainLabel *m_problem;
    CompanionOutcome *m_outcome;
    QBoxLayout *m_halves;
};

} // namespace pushscope
