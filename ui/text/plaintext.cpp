#include "ui/text/plaintext.h"

#include <QStringConverter>

namespace pushscope {

namespace {

/// The bidirectional controls (UAX #9) and other format characters that show nothing but change what stands around
/// them.
bool isInvisible(char16_t c)
{
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) ||
           c == 0x061C || c == 0xFEFF || c == 0x00AD || c == 0x2028 || c == 0x2029;
}

QString shown(const QString &text, bool keepLines)
{
    QString result;
    bool changed = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        const bool control = c < 0x20 || c == 0x7F || (c >= 0x80 && c < 0xA0);
        const bool kept = !(control || isInvisible(c)) || (keepLines && (c == u'\n' || c == u'\t'));
        if (kept) {
            if (changed)
                result += QChar(c);
            continue;
        }
        if (!changed) {
            result.reserve(text.size() + 16);
            result = text.left(i);
            changed = true;
        }
        // By their numbers: the fonts of many desktops have no Control Pictures (U+2400).
        const QString digits = QString::number(c, 16).toUpper().rightJustified(c < 0x100 ? 2 : 4, u'0');
        result += QStringLiteral("\u27E8%1\u27E9").arg(digits);
    }
    return changed ? result : text;
}

} // namespace

QString decodedText(ByteView utf8)
{
    // QString::fromUtf8() swallows a byte order mark at the beginning.
    QStringDecoder decode(QStringDecoder::Utf8,
                          QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    return decode(QByteArrayView(utf8.data(), qsizetype(utf8.size())));
}

QString visibleLine(ByteView utf8)
{
    return shown(decodedText(utf8), false);
}

QString visibleLine(const QString &text)
{
    return shown(text, false);
}

QString visibleText(ByteView utf8)
{
    return shown(decodedText(utf8).replace(QLatin1String("\r\n"), QLatin1String("\n")), true);
}

} // namespace pushscope
