#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

class QApplication;
class QWidget;

namespace pushscope {

enum class Scheme { System, Light, Dark };

/// The colours of the window by what they say. Every text role passes WCAG AA (4.5:1) on every ground that it stands
/// on.
struct Colors
{
    QColor window; ///< behind cards and the welcome page
    QColor panel;  ///< the sidebar and the status bar
    QColor base;   ///< tables, panes, the connect bar
    QColor field;  ///< inside of line edits
    QColor line;   ///< hairlines between panes
    QColor text;
    QColor muted;  ///< second lines, labels, units
    QColor faint;  ///< row numbers, offsets
    QColor accent; ///< the one accent: primary buttons, links, focus
    QColor onAccent;
    QColor soft;     ///< selection, checked chips
    QColor chip;     ///< unchecked chips
    QColor incoming; ///< received, open
    QColor outgoing; ///< sent
    QColor waiting;  ///< reconnecting, findings
    QColor failed;   ///< errors
    bool isDark = false;
};

/// The colours that fit the palette a widget has now.
[[nodiscard]] const Colors &colorsOf(const QWidget *widget);
[[nodiscard]] const Colors &colorsOf(bool dark);
[[nodiscard]] QPalette paletteOf(const Colors &colors);
[[nodiscard]] QString styleSheetOf(const Colors &colors);

/// Whether the desktop asks for a dark scheme. To be asked before applyScheme().
[[nodiscard]] bool isSystemDark();
/// Fusion with our palette and style sheet on the whole application.
void applyScheme(QApplication &application, bool dark);

/// For bytes and payloads.
[[nodiscard]] QFont monospace(const QWidget *widget);
/// The widget's font, `steps` points larger or smaller.
[[nodiscard]] QFont scaled(const QFont &font, int steps, bool bold = false);
/// The ratio of WCAG 2.1, section 1.4.3.
[[nodiscard]] double contrast(const QColor &a, const QColor &b);

} // namespace pushscope
