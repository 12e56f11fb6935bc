#include "ui/theme/theme.h"

#include "ui/theme/schemestyle.h"

#include <QApplication>
#include <QFontDatabase>
#include <QWidget>

#include <cmath>

namespace pushscope {

namespace {

Colors lightColors()
{
    Colors c;
    c.window = QColor(0xf6f7f9);
    c.panel = QColor(0xeef0f4);
    c.base = QColor(0xffffff);
    c.field = QColor(0xf6f7f9);
    c.line = QColor(0xdde1e8);
    c.text = QColor(0x1c2330);
    c.muted = QColor(0x566071);
    c.faint = QColor(0x5b6577);
    c.accent = QColor(0x2a66d0);
    c.onAccent = QColor(0xffffff);
    c.soft = QColor(0xdbe7fd);
    c.chip = QColor(0xe6e9ef);
    c.incoming = QColor(0x146b44);
    c.outgoing = QColor(0x7a3fc0);
    c.waiting = QColor(0x964c00);
    c.failed = QColor(0xb3202b);
    return c;
}

Colors darkColors()
{
    Colors c;
    c.window = QColor(0x15181e);
    c.panel = QColor(0x171a21);
    c.base = QColor(0x1b1f27);
    c.field = QColor(0x15181e);
    c.line = QColor(0x2c323d);
    c.text = QColor(0xe6e9ef);
    c.muted = QColor(0xa9b3c2);
    c.faint = QColor(0x9aa4b4);
    c.accent = QColor(0x6ba0ff);
    c.onAccent = QColor(0x0d1420);
    c.soft = QColor(0x24385e);
    c.chip = QColor(0x2a303b);
    c.incoming = QColor(0x4cc38a);
    c.outgoing = QColor(0xc09af5);
    c.waiting = QColor(0xf0a04b);
    c.failed = QColor(0xff8a8a);
    c.isDark = true;
    return c;
}

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

const char *const sheet = R"(
QMainWindow, QDialog, #welcomePage, #welcomeContent { background: @window; }
QMenuBar { background: @base; border-bottom: 1px solid @line; padding: 1px 6px; }
QMenuBar::item { padding: 4px 9px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: @soft; }
QMenu { background: @base; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 5px 26px 5px 22px; border-radius: 4px; }
QMenu::item:selected { background: @soft; color: @text; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QToolTip { background: @base; color: @text; border: 1px solid @line; padding: 4px 6px; }
QSplitter::handle { background: @line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QStatusBar { background: @panel; border-top: 1px solid @line; color: @muted; }
QStatusBar::item { border: none; }
QLineEdit, QPlainTextEdit, QSpinBox, QComboBox { background: @field; border: 1px solid @line; border-radius: 6px;
    padding: 4px 8px; selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QComboBox:focus { border: 1px solid @accent; }
QDialog QLineEdit, QDialog QPlainTextEdit, QDialog QSpinBox, QDialog QComboBox { background: @base; }
QDialog QLineEdit:disabled, QDialog QSpinBox:disabled, QDialog QComboBox:disabled { background: @window; color: @faint; }
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"] { border: 1px solid @failed; }
QPlainTextEdit[flat="true"] { background: @base; border: none; border-radius: 0; padding: 6px 10px; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox QAbstractItemView { background: @base; border: 1px solid @line; selection-background-color: @soft; selection-color: @text; outline: 0; }
QPushButton { background: @base; border: 1px solid @line; border-radius: 6px; padding: 5px 13px; color: @text; }
QPushButton:hover { border-color: @faint; }
QPushButton:focus { border-color: @accent; }
QPushButton:pressed { background: @chip; }
QPushButton:disabled { color: @faint; background: @panel; }
QPushButton[small="true"] { padding: 3px 9px; }
QPushButton:checked { background: @soft; }
QPushButton[primary="true"] { background: @accent; border-color: @accent; color: @onAccent; font-weight: bold; padding: 5px 17px; }
QPushButton[primary="true"]:hover { background: @accentHover; }
QPushButton[primary="true"]:focus { border: 2px solid @text; padding: 4px 16px; }
QPushButton[primary="true"]:disabled { background: @chip; border-color: @chip; color: @faint; }
QPushButton[link="true"] { background: transparent; border: 1px solid transparent; color: @link; padding: 1px 0; text-align: left; }
QPushButton[link="true"]:hover { text-decoration: underline; }
QPushButton[link="true"]:disabled { background: transparent; color: @faint; }
QPushButton[link="true"]:focus { border-color: @accent; border-radius: 4px; }
QPushButton[chip="true"] { background: @chip; border: 1px solid @chip; border-radius: 9px; padding: 1px 9px; min-height: 16px; color: @muted; }
QPushButton[chip="true"]:checked { background: @soft; border-color: @soft; color: @text; }
QPushButton[chip="true"]:hover { border-color: @faint; }
QPushButton[chip="true"]:focus { border-color: @accent; }
QPushButton[follow="true"] { background: @accent; border: none; border-radius: 12px; padding: 2px 14px; min-height: 20px; color: @onAccent; font-weight: bold; }
QTabWidget::pane { border: none; }
QTabBar { background: @base; }
QTabBar::tab { background: transparent; color: @muted; padding: 6px 12px 5px 12px; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; font-weight: bold; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:focus { color: @link; }
QHeaderView { background: @base; }
QHeaderView::section { background: @base; color: @muted; border: none; border-bottom: 1px solid @line; padding: 3px 8px; }
QAbstractItemView { background: @base; border: none; outline: 0; selection-background-color: @soft; selection-color: @text; }
QTableWidget { border: 1px solid @line; border-radius: 6px; gridline-color: @line; }
QTreeView::item, QTableView::item, QListView::item { background: transparent; padding: 2px 4px; }
QTreeView::item:selected, QTableView::item:selected, QListView::item:selected { background: @soft; color: @text; }
QTreeView::item:focus, QTableView::item:focus { border: none; }
QTreeView[inset="true"] { padding-left: 9px; }
QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 11px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 0; }
QScrollBar::handle { background: @handle; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @faint; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QGroupBox { border: none; margin-top: 18px; font-weight: bold; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
QLabel[role="muted"] { color: @muted; }
QLabel[role="heading"] { color: @faint; font-weight: bold; }
QLabel[role="bad"] { color: @failed; }
QLabel[role="warn"] { color: @waiting; }
QLabel[role="good"] { color: @incoming; }
#connectBar, #composer, #companionComposer, #filterBar, #timelinePanel, #detailTabs, #workPage { background: @base; }
#connectBar { border-bottom: 1px solid @line; }
#composer, #companionComposer { border-top: 1px solid @line; }
QWidget[pane="true"] { background: @base; }
#sidebar, #streamsPanel, #savedList, #streamsList { background: @panel; }
#demoPanel { background: @base; border: 1px solid @line; border-radius: 8px; }
#noticeBar { background: @soft; border-bottom: 1px solid @line; }
#noticeBar[kind="bad"] QLabel { color: @failed; }
)";

} // namespace

const Colors &colorsOf(bool dark)
{
    static const Colors light = lightColors();
    static const Colors night = darkColors();
    return dark ? night : light;
}

const Colors &colorsOf(const QWidget *widget)
{
    return colorsOf(widget->palette().color(QPalette::Window).lightness() < 128);
}

QPalette paletteOf(const Colors &c)
{
    QPalette p(c.text, c.base, c.line, c.line, c.line, c.text, c.text, c.base, c.window);
    p.setColor(QPalette::Button, c.base);
    p.setColor(QPalette::ButtonText, c.text);
    p.setColor(QPalette::AlternateBase, c.field);
    p.setColor(QPalette::Highlight, c.soft);
    p.setColor(QPalette::HighlightedText, c.text);
    p.setColor(QPalette::PlaceholderText, c.faint);
    p.setColor(QPalette::Link, c.accent);
    p.setColor(QPalette::ToolTipBase, c.base);
    p.setColor(QPalette::ToolTipText, c.text);
    p.setColor(QPalette::Mid, c.line);
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, c.faint);
    return p;
}

QString styleSheetOf(const Colors &c)
{
    QString text = QString::fromLatin1(sheet);
    const QColor hover = c.isDark ? c.accent.lighter(108) : c.accent.darker(108);
    const QColor link = c.isDark ? c.accent : c.accent.darker(108);
    const QColor handle = c.isDark ? c.line.lighter(140) : c.line.darker(112);
    // Longer names first: @accentHover must not be taken for @accent.
    const std::pair<const char *, QColor> roles[] = {
        {"@accentHover", hover}, {"@onAccent", c.onAccent}, {"@accent", c.accent}, {"@window", c.window},
        {"@waiting", c.waiting}, {"@incoming", c.incoming}, {"@handle", handle},   {"@failed", c.failed},
        {"@panel", c.panel},     {"@field", c.field},       {"@muted", c.muted},   {"@faint", c.faint},
        {"@base", c.base},       {"@line", c.line},         {"@link", link},       {"@text", c.text},
        {"@soft", c.soft},       {"@chip", c.chip},
    };
    for (const auto &[name, color] : roles)
        text.replace(QLatin1String(name), color.name());
    return text;
}

bool isSystemDark()
{
    if (qEnvironmentVariable("GTK_THEME").endsWith(QLatin1String("dark"), Qt::CaseInsensitive))
        return true;
    return QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
}

void applyScheme(QApplication &application, bool dark)
{
    const Colors &colors = colorsOf(dark);
    application.setStyle(new SchemeStyle);
    application.setPalette(paletteOf(colors));
    application.setStyleSheet(styleSheetOf(colors));
}

QFont monospace(const QWidget *widget)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(widget->font().pointSizeF() > 0 ? widget->font().pointSizeF() - 0.5 : 9);
    return font;
}

QFont scaled(const QFont &font, int steps, bool bold)
{
    QFont result = font;
    if (font.pointSizeF() > 0)
        result.setPointSizeF(font.pointSizeF() + steps);
    result.setBold(bold || font.bold());
    return result;
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace pushscope
