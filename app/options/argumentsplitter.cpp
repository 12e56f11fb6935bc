#include "app/options/argumentsplitter.h"

#include "app/options/optionvalues.h"

#include <utility>

namespace pushscope {

namespace {
class Splitter
{
public:
    Splitter(const std::vector<std::string_view> &arguments, const std::vector<Option> &table, Subcommand subcommand)
        : m_arguments(arguments), m_table(table), m_subcommand(subcommand)
    {
    }

    Expected<SplitArguments, Error> split()
    {
        while (m_next < m_arguments.size()) {
            const std::string_view argument = m_arguments[m_next++];
            if (argument == "--") {
                m_result.positional.insert(m_result.positional.end(),
                                           m_arguments.begin() + static_cast<std::ptrdiff_t>(m_next),
                                           m_arguments.end());
                break;
            }
            if (!argument.starts_with('-') || argument == "-") {
                m_result.positional.push_back(argument);
                continue;
            }
            const auto taken = argument.starts_with("--") ? takeLong(argument) : takeShort(argument);
            if (!taken)
                return taken.error();
        }
        return std::move(m_result);
    }

private:
    template <class Matches>
    Expected<const Option *, Error> find(std::string_view typed, Matches matches) const
    {
        bool isKnown = false;
        for (const Option &option : m_table) {
            if (!matches(option))
                continue;
            if (option.belongsTo(m_subcommand))
                return &option;
            isKnown = true;
        }
        const std::string program =
            m_subcommand == Subcommand::Window ? "the window" : "pushscope " + std::string(word(m_subcommand));
        return about(typed, wrongUsage(isKnown ? "not an option of " + program : "no such option"));
    }

    Expected<void, Error> takeLong(std::string_view argument)
    {
        const auto equals = argument.find('=');
        const auto name = argument.substr(0, equals);
        const auto option = find(name, [&](const Option &each) { return each.name == name; });
        if (!option)
            return option.error();
        const bool isFlag = (*option)->value.empty();
        if (!isFlag && equals == std::string_view::npos)
            return takeNext(*option, name);
        if (isFlag && equals != std::string_view::npos)
            return about(name, wrongUsage("takes no value"));
        m_result.options.push_back({*option, isFlag ? std::string_view() : argument.substr(equals + 1)});
        return {};
    }

    Expected<void, Error> takeShort(std::string_view argument)
    {
        for (std::size_t i = 1; i < argument.size(); ++i) {
            const std::string typed{'-', argument[i]};
            const auto option = find(typed, [&](const Option &each) { return each.letter == argument[i]; });
            if (!option)
                return option.error();
            const bool isFlag = (*option)->value.empty();
            if (!isFlag && i + 1 == argument.size())
                return takeNext(*option, typed);
            m_result.options.push_back({*option, isFlag ? std::string_view() : argument.substr(i + 1)});
            if (!isFlag)
                break;
        }
        return {};
    }

    Expected<void, Error> takeNext(const Option *option, std::string_view typed)
    {
        if (m_next == m_arguments.size())
            return about(typed, wrongUsage("its value is missing: " + std::string(option->value)));
        m_result.options.push_back({option, m_arguments[m_next++]});
        return {};
    }

    const std::vector<std::string_view> &m_arguments;
    const std::vector<Option> &m_table;
    const Subcommand m_subcommand;
    std::size_t m_next = 0;
    SplitArguments m_result;
};
} // namespace

Expected<SplitArguments, Error> splitArguments(const std::vector<std::string_view> &arguments,
                                               const std::vector<Option> &table, Subcommand subcommand)
{
    return Splitter(arguments, table, subcommand).split();
}

Error about(std::string_view what, Error error)
{
    error.detail = std::string(what) + ": " + error.detail;
    return error;
}

} // namespace pushscope
