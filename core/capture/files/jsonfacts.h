#pragma once

#include "core/base/bytes.h"
#include "core/capture/record.h"

#include <string>

namespace pushscope {

// The JSON lines' fields of what connection records keep as CBOR (see facts.h); header fields are those of the head.

/// Of a session, dns, tcp, tls, http.request, http.response, http.push, ws.open, state, resume, end or error record.
void appendFacts(std::string &out, RecordKind kind, ByteView cbor);
/// Of a socket read or write.
void appendReadFacts(std::string &out, const Record &record, ByteView cbor);

} // namespace pushscope
