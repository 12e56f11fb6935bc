#include "app/options/help.h"

#include "app/options/optiontable.h"
#include "app/options/synopsis.h"

#include <algorithm>
#include <optional>

namespace pushscope {

namespace {
constexpr std::size_t Columns = 100;
constexpr std::size_t HelpColumn = 34;

/// Appends words from `column` on, wrapped; the cursor stands somewhere in the first line.
void appendWrapped(std::string &out, std::size_t column, std::string_view text)
{
    std::size_t cursor = out.size() - (out.rfind('\n') + 1);
    if (cursor + 1 > column) {
        out += '\n';
        cursor = 0;
    }
    out.append(column - cursor, ' ');
    cursor = column;
    while (!text.empty()) {
        const auto word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        if (cursor > column && cursor + 1 + word.size() > Columns) {
            out += '\n' + std::string(column, ' ');
            cursor = column;
        } else if (cursor > column) {
            out += ' ';
            ++cursor;
        }
        out += word;
        cursor += word.size();
    }
    out += '\n';
}

std::string explanation(const Option &option)
{
    const bool isToCome = option.apply == Option::Apply(notYetAvailable);
    return std::string(option.help) + (isToCome ? " Not yet available in this version." : "");
}

std::string left(const Option &option)
{
    std::string text = option.letter == '\0' ? "      " : std::string("  -") + option.letter + ", ";
    text += option.name;
    if (!option.value.empty())
        text += ' ' + std::string(option.value);
    return text;
}

/// man(7): a line must not begin with a dot or an apostrophe, and dashes and backslashes are themselves.
std::string roff(std::string_view text)
{
    std::string out;
    if (text.starts_with('.') || text.starts_with('\''))
        out += "\\&";
    for (const char c : text) {
        if (c == '\\')
            out += "\\e";
        else if (c == '-')
            out += "\\-";
        else if (c == '\'')
            out += "\\(aq";
        else
            out += c;
    }
    return out;
}

void appendManualOption(std::string &out, const Option &option)
{
    out += ".TP\n";
    if (option.letter != '\0')
        out += std::string("\\fB\\-") + option.letter + "\\fR, ";
    out += "\\fB" + roff(option.name) + "\\fR";
    if (!option.value.empty())
        out += " \\fI" + roff(option.value) + "\\fR";
    out += '\n' + roff(explanation(option)) + '\n';
}
} // namespace

std::string helpText(Subcommand subcommand)
{
    std::string out;
    const bool isWindow = subcommand == Subcommand::Window;
    for (const Synopsis &synopsis : Synopses) {
        if (!isWindow && synopsis.subcommand != subcommand)
            continue;
        out += synopsis.usage;
        appendWrapped(out, 44, synopsis.purpose);
    }
    if (isWindow)
        out += "\nOf a subcommand: pushscope SUBCOMMAND --help. Subcommands need no display.\n";

    std::optional<Section> section;
    for (const Option &option : optionTable()) {
        if (!option.belongsTo(subcommand))
            continue;
        if (section != option.section)
            out += '\n' + std::string(title(option.section)) + ":\n";
        section = option.section;
        out += left(option);
        appendWrapped(out, HelpColumn, explanation(option));
    }
    out += "\nExit status:\n";
    for (const std::string_view line : ExitStatus)
        appendWrapped(out, 2, line);
    return out;
}

std::string manualPage()
{
    std::string out =
        ".TH PUSHSCOPE 1 \"\" \"Pushscope " PUSHSCOPE_VERSION "\" \"User Commands\"\n"
        ".SH NAME\npushscope \\- inspector for pushed streams: Server\\-Sent Events and WebSocket\n.SH SYNOPSIS\n";
    for (const Synopsis &synopsis : Synopses)
        out += ".B " + roff(synopsis.usage) + "\n.br\n";
    out += ".B pushscope \\-\\-version\n";
    for (const Synopsis &synopsis : Synopses) {
        const bool isWindow = synopsis.subcommand == Subcommand::Window;
        out += isWindow ? ".SH DESCRIPTION\n" : ".SH \"PUSHSCOPE " + std::string(word(synopsis.subcommand)) + "\"\n";
        out += roff(synopsis.purpose) + '\n';
        std::optional<Section> section;
        for (const Option &option : optionTable()) {
            if (!synopsis.isAvailable || !option.belongsTo(synopsis.subcommand))
                continue;
            if (!isWindow && section != option.section)
                out += ".SS " + std::string(title(option.section)) + '\n';
            section = option.section;
            appendManualOption(out, option);
        }
    }
    out += ".SH \"EXIT STATUS\"\n";
    for (const std::string_view line : ExitStatus)
        out += roff(line) + "\n.br\n";
    return out;
}

} // namespace pushscope
