#include "app/options/completion.h"

#include "app/options/optiontable.h"
#include "app/options/synopsis.h"

#include <algorithm>

namespace pushscope {

namespace {
bool isOffered(const Option &option, Subcommand subcommand)
{
    return option.belongsTo(subcommand) && option.apply != Option::Apply(notYetAvailable);
}

/// The words among "auto|off|MS"; what is written in capitals stands for something else, and so does what stands alone.
std::string valueWords(std::string_view value)
{
    std::string words;
    for (bool isChoice = value.find('|') != std::string_view::npos; isChoice && !value.empty();) {
        const std::string_view choice = value.substr(0, value.find('|'));
        value.remove_prefix(std::min(value.size(), choice.size() + 1));
        if (std::ranges::none_of(choice, [](char c) { return c >= 'A' && c <= 'Z'; }))
            words += (words.empty() ? "" : " ") + std::string(choice);
    }
    return words;
}

std::string optionNames(Subcommand subcommand)
{
    std::string names;
    for (const Option &option : optionTable()) {
        if (isOffered(option, subcommand))
            names += (names.empty() ? "" : " ") + std::string(option.name);
    }
    return names;
}

/// A branch of the case over "SUBCOMMAND PREVIOUS-WORD" for each option that takes a value.
void appendValues(std::string &out, Subcommand subcommand)
{
    const std::string prefix = "        '" + std::string(word(subcommand)) + ' ';
    for (const Option &option : optionTable()) {
        if (!isOffered(option, subcommand) || option.value.empty())
            continue;
        out += prefix + std::string(option.name) + '\'';
        if (option.letter != '\0')
            out += " | '" + std::string(word(subcommand)) + " -" + option.letter + '\'';
        out += ") values='" + valueWords(option.value) + "' ;;\n";
    }
}
} // namespace

std::string bashCompletion()
{
    std::string subcommands;
    std::string values;
    std::string options;
    for (const Synopsis &synopsis : Synopses) {
        if (!synopsis.isAvailable)
            continue;
        const std::string name(word(synopsis.subcommand));
        if (!name.empty())
            subcommands += (subcommands.empty() ? "" : " ") + name;
        appendValues(values, synopsis.subcommand);
        options += "        '" + name + "') options='" + optionNames(synopsis.subcommand) + "' ;;\n";
    }
    return "# bash completion for pushscope, made from its table of options\n"
           "_pushscope()\n"
           "{\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
           "    local subcommands='" +
           subcommands +
           "' subcommand=${COMP_WORDS[1]} values=none options=\n"
           "    COMPREPLY=()\n"
           "    if [[ $COMP_CWORD -eq 1 || \" $subcommands \" != *\" $subcommand \"* ]]; then\n"
           "        subcommand=\n"
           "    fi\n"
           "    case \"$subcommand $before\" in\n" +
           values +
           "    esac\n"
           "    case $subcommand in\n" +
           options +
           "    esac\n"
           "    if [[ $values != none ]]; then\n"
           "        COMPREPLY=($(compgen -W \"$values\" -- \"$word\"))\n"
           "    elif [[ $word == -* ]]; then\n"
           "        COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
           "    elif [[ $COMP_CWORD -eq 1 ]]; then\n"
           "        COMPREPLY=($(compgen -W \"$subcommands\" -- \"$word\"))\n"
           "    fi\n"
           "}\n"
           "complete -o default -F _pushscope pushscope\n";
}

} // namespace pushscope
