#include "core/wire/coding/contentencoder.h"

#include "core/wire/coding/brotlicoding.h"
#include "core/wire/coding/zlibcoding.h"
#include "core/wire/coding/zstdcoding.h"

namespace pushscope {

std::unique_ptr<ContentEncoder> makeContentEncoder(ContentCoding coding)
{
    switch (coding) {
    case ContentCoding::Gzip: return makeZlibEncoder(ZlibFormat::Gzip);
    case ContentCoding::Deflate: return makeZlibEncoder(ZlibFormat::Zlib);
    case ContentCoding::Brotli: return makeBrotliEncoder();
    case ContentCoding::Zstd: return makeZstdEncoder();
    }
    return nullptr;
}

} // namespace pushscope
