#include "ui/dialogs/shortcutsdialog.h"

#include "ui/text/plainlabel.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QGridLayout>

namespace pushscope {

namespace {

struct Shortcut
{
    const char *keys;
    const char *meaning;
};
constexpr Shortcut shortcuts[] = {{"Ctrl+L", "Enter a URL"},
                                  {"F6, Shift+F6", "Next pane, previous pane"},
                                  {"Ctrl+Enter", "Send the message"},
                                  {"Up, Down", "In the message: what was sent before"},
                                  {"Ctrl+F", "Find in the rows shown"},
                                  {"Ctrl+Shift+F", "Filter the rows"},
                                  {"Space", "In the table: follow or hold; in the timeline: live or hold"},
                                  {"Ctrl+End", "In the table: follow the newest"},
                                  {"Arrows, Home, End", "In the timeline: to another lane, along its marks"},
                                  {"Enter", "In the timeline: pick the record under the cursor"},
                                  {"Ctrl+Left, Ctrl+Right", "In the timeline: move"},
                                  {"+, -, 0", "In the timeline: zoom, fit"},
                                  {"Delete", "Remove the stream"},
                                  {"Ctrl+Z", "Take the removal back"},
                                  {"Ctrl+Shift+O, Ctrl+Shift+D", "Connect the stream, disconnect it"},
                                  {"Ctrl+Shift+X, Ctrl+Shift+R", "Drop the connection, reconnect now"},
                                  {"Ctrl+Shift+E, Ctrl+Shift+L", "Freeze reconnecting, resume from the row"},
                                  {"Ctrl+Shift+P", "Pause reading"},
                                  {"Menu key", "What can be done with the stream"},
                                  {"Ctrl+R", "Edit the request"},
                                  {"Ctrl+Q", "Quit"}};

} // namespace

ShortcutsDialog::ShortcutsDialog(QWidget *parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("shortcutsDialog"));
    setWindowTitle(words("Keyboard"));
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(24, 20, 24, 20);
    grid->setHorizontalSpacing(28);
    grid->setVerticalSpacing(7);
    int row = 0;
    for (const Shortcut &shortcut : shortcuts) {
        auto *keys = new PlainLabel(words(shortcut.keys), this);
        keys->setFont(monospace(this));
        grid->addWidget(keys, row, 0);
        grid->addWidget(new PlainLabel(words(shortcut.meaning), this), row, 1);
        ++row;
    }
}

} // namespace pushscope
