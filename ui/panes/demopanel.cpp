#include "ui/panes/demopanel.h"

#include "ui/text/format.h"
#include "ui/text/plainlabel.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace pushscope {

DemoPanel::DemoPanel(QWidget *parent)
    : QFrame(parent), m_title(new PlainLabel(this)), m_switch(new QPushButton(this)), m_details(new QWidget(this)),
      m_counters(new PlainLabel(QString(), this, "muted"))
{
    setObjectName(QStringLiteral("demoPanel"));
    m_title->setObjectName(QStringLiteral("demoTitle"));
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_switch->setObjectName(QStringLiteral("demoSwitch"));
    m_switch->setProperty("link", true);
    m_counters->setObjectName(QStringLiteral("demoCounters"));
    m_counters->setFont(scaled(font(), -1));
    m_counters->setWordWrap(true);
    m_http = makeAddress("demoHttp", words("Copy the address of the demo server"));
    m_https = makeAddress("demoHttps", words("Copy the address of the demo server over TLS"));
    m_authority = new QPushButton(words("Copy CA file path"), m_details);
    m_authority->setObjectName(QStringLiteral("demoAuthority"));
    m_authority->setProperty("link", true);
    auto *scenarios = new QPushButton(words("Scenarios\u2026"), this);
    scenarios->setObjectName(QStringLiteral("scenariosButton"));
    scenarios->setProperty("link", true);

    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_switch);
    auto *details = new QVBoxLayout(m_details);
    details->setContentsMargins(0, 0, 0, 0);
    details->setSpacing(1);
    details->addWidget(m_http);
    details->addWidget(m_https);
    details->addWidget(m_authority);
    details->addWidget(m_counters);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 8);
    column->setSpacing(3);
    column->addLayout(head);
    column->addWidget(m_details);
    column->addWidget(scenarios, 0, Qt::AlignLeft);

    connect(m_switch, &QPushButton::clicked, this, [this] {
        if (m_isRunning)
            Q_EMIT stopRequested();
        else
            Q_EMIT startRequested();
    });
    connect(scenarios, &QPushButton::clicked, this, &DemoPanel::scenariosRequested);
    showServer(nullptr);
}

QPushButton *DemoPanel::makeAddress(const char *name, const QString &what)
{
    auto *button = new QPushButton(m_details);
    button->setObjectName(QString::fromLatin1(name));
    button->setProperty("link", true);
    button->setFont(monospace(this));
    button->setAccessibleName(what);
    button->setToolTip(plainToolTip(what));
    connect(button, &QPushButton::clicked, this,
            [button] { QGuiApplication::clipboard()->setText(button->property("address").toString()); });
    return button;
}

QString DemoPanel::place(const std::string &address)
{
    return QString::fromStdString(address.substr(address.find("//") + 2));
}

void DemoPanel::showServer(const DemoServer *server)
{
    m_isRunning = server && server->isRunning();
    m_title->setText((m_isRunning ? QStringLiteral("\u25CF ") : QStringLiteral("\u25CB ")) + words("Demo server"));
    m_title->setRole(m_isRunning ? "good" : "");
    m_switch->setText(m_isRunning ? words("Stop") : words("Start"));
    m_details->setVisible(m_isRunning);
    m_lastTime = 0;
    if (!m_isRunning)
        return;
    const DemoAddresses &addresses = server->addresses();
    m_http->setText(QStringLiteral("http  ") + place(addresses.http));
    m_http->setProperty("address", QString::fromStdString(addresses.http));
    m_https->setText(QStringLiteral("https ") + place(addresses.https));
    m_https->setProperty("address", QString::fromStdString(addresses.https));
    m_authority->setVisible(!addresses.caFile.empty());
    m_authority->setToolTip(plainToolTip(words("Trust this authority in a browser or with curl --cacert: ") +
                                         QString::fromStdString(addresses.caFile)));
    m_authority->disconnect();
    connect(m_authority, &QPushButton::clicked, this,
            [file = QString::fromStdString(addresses.caFile)] { QGuiApplication::clipboard()->setText(file); });
    refresh(server);
}

void DemoPanel::refresh(const DemoServer *server)
{
    if (!m_isRunning || !server)
        return;
    const DemoStatus status = server->status();
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    if (m_lastTime > 0 && now > m_lastTime) {
        const double fresh = double(status.eventsSent - m_lastSent) * 1000 / double(now - m_lastTime);
        m_rate = m_rate * 0.7 + fresh * 0.3;
    } else {
        m_rate = 0;
    }
    m_lastTime = now;
    m_lastSent = status.eventsSent;
    // Lines break between the counts, not in "12.2/s".
    QString counts = words("%n connection|%n connections", status.connections) + QStringLiteral(" \u00B7\n") +
                     words("%n stream|%n streams", status.streams) + QStringLiteral(" \u00B7\n") +
                     QString(formatRate(m_rate)).replace(u'/', QStringLiteral("/\u2060"));
    counts.replace(u' ', QChar(QChar::Nbsp));
    m_counters->setText(counts.replace(u'\n', u' '));
}

} // namespace pushscope
