#include "ui/dialogs/httppage.h"

#include "ui/text/httphint.h"
#include "ui/text/plainlabel.h"
#include "ui/text/words.h"

namespace pushscope {

namespace {
/// What a choice means, extraordinary or not.
QString explanation(const Target &target)
{
    const QString hint = httpHint(target);
    if (!hint.isEmpty())
        return hint;
    switch (target.http) {
    case HttpChoice::Auto:
        return words("Auto is what TLS agrees on, and HTTP/1.1 in clear. A WebSocket offers HTTP/1.1 alone, unless an "
                     "open HTTP/2 connection takes it.");
    case HttpChoice::Http11: return words("HTTP/2 is not offered.");
    case HttpChoice::Http2: return words("A server that does not agree on h2 fails the stream: nothing falls back.");
    }
    return {};
}
} // namespace

HttpPage::HttpPage(QWidget *parent)
    : RequestPage(parent), m_version(choice("httpChoice", words("HTTP version"),
                                            {words("Auto"), QStringLiteral("HTTP/1.1"), QStringLiteral("HTTP/2")})),
      m_versionHint(note({})), m_own(check("httpOwnConnection", words("A connection of its own"))),
      m_whenFull(choice("httpWhenFull", words("When the connection is full"),
                        {words("open another one"), words("wait for a stream to end")})),
      m_push(check("httpPush", words("Let the server push (SETTINGS_ENABLE_PUSH)"))), m_sharingHint(note({})),
      m_compressed(check("httpCompressed", words("Offer content codings (gzip, deflate, br, zstd)")))
{
    m_versionHint->setObjectName(QStringLiteral("httpVersionHint"));
    m_sharingHint->setObjectName(QStringLiteral("httpSharingHint"));
}

void HttpPage::load(const Target &target)
{
    m_version->setCurrentIndex(int(target.http));
    m_own->setChecked(target.sharing.ownConnection);
    m_whenFull->setCurrentIndex(int(target.sharing.whenFull));
    m_push->setChecked(target.sharing.enablePush);
    m_compressed->setChecked(target.compressed);
    explain(target);
}

void HttpPage::store(Target &target) const
{
    target.http = HttpChoice(m_version->currentIndex());
    target.sharing.ownConnection = m_own->isChecked();
    target.sharing.whenFull = WhenFull(m_whenFull->currentIndex());
    target.sharing.enablePush = m_push->isChecked();
    target.compressed = m_compressed->isChecked();
}

void HttpPage::explain(const Target &target)
{
    m_versionHint->setText(explanation(target));
    m_sharingHint->setText(sharingHint(target));
    const bool mayShare = maySpeakHttp2(target);
    m_own->setEnabled(mayShare);
    m_push->setEnabled(mayShare);
    m_whenFull->setEnabled(mayShare && !m_own->isChecked());
    m_compressed->setEnabled(!isWebSocket(target)); // its messages are no content
}

} // namespace pushscope
