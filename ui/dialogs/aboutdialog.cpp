#include "ui/dialogs/aboutdialog.h"

#include "ui/text/plainlabel.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QVBoxLayout>

namespace pushscope {

AboutDialog::AboutDialog(QWidget *parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("aboutDialog"));
    setWindowTitle(words("About Pushscope"));
    auto *title = new PlainLabel(QStringLiteral("Pushscope " PUSHSCOPE_VERSION), this);
    title->setFont(scaled(font(), 5, true));
    auto *text = new PlainLabel(words("An inspector for pushed streams: Server-Sent Events and WebSocket.\n"
                                      "Every byte kept, every layer linked, nothing lost."),
                                this);
    auto *small = new PlainLabel(words("MIT licence \u00B7 Qt %1").arg(QString::fromLatin1(qVersion())), this, "muted");
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(28, 22, 28, 22);
    column->setSpacing(10);
    column->addWidget(title);
    column->addWidget(text);
    column->addWidget(small);
}

} // namespace pushscope
