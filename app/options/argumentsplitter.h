#pragma once

#include "app/options/optiontable.h"

#include <string_view>
#include <vector>

namespace pushscope {

/// An option as it was given; the value is empty for a flag.
struct GivenOption
{
    const Option *option; ///< in the table
    std::string_view value;
};

struct SplitArguments
{
    std::vector<GivenOption> options; ///< in the order given
    std::vector<std::string_view> positional;
};

/// Cuts the arguments behind the subcommand into options with their values and the rest: --name value, --name=value, -n
/// value, -nvalue, flags in a row (-kh), and "--" before what are no options. An option's value may begin with a dash.
[[nodiscard]] Expected<SplitArguments, Error> splitArguments(const std::vector<std::string_view> &arguments,
                                                             const std::vector<Option> &table, Subcommand subcommand);

/// An Error with what it is about in front of its detail: "--count: ...".
[[nodiscard]] Error about(std::string_view what, Error error);

} // namespace pushscope
