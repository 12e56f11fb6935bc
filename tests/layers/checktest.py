#!/usr/bin/env python3
"""Shows each rule of check.py a tree with an offence against it: a guard that sees nothing is worse than none."""

import pathlib
import tempfile
import unittest

import check
import sources


class CheckTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        for module in (sources, check):
            before = module.ROOT
            module.ROOT = self.root
            self.addCleanup(setattr, module, "ROOT", before)
        for name in sources.FOLDERS:
            (self.root / name).mkdir()

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def offences(self, rule):
        return [f"{path}:{line}" for path, line, _ in check.RULES[rule]()]

    def test_clean_tree(self):
        self.write("core/base/error.h", "#pragma once\n\n#include <string>\n")
        self.write("core/wire/sse/a.cpp", '#include "core/base/error.h"\n\n#include <openssl/ssl.h>\n\nint a() { return 1; }\n')
        self.write("tests/core/wire/sse/atest.cpp", '#include "core/base/error.h"\n\nPUSHSCOPE_TEST(ATest)\n')
        for rule in check.RULES:
            if rule != "format":
                self.assertEqual(self.offences(rule), [], rule)

    def test_upward_include(self):
        self.write("core/capture/record.h", "#pragma once\n")
        self.write("core/wire/a.cpp", '#include "core/capture/record.h"\n')
        self.assertEqual(self.offences("includes"), ["core/wire/a.cpp:1"])

    def test_codec_in_ui(self):
        self.write("core/wire/sse/ssedecoder.h", "#pragma once\n")
        self.write("core/wire/ws/wsframe.h", "#pragma once\n")
        self.write("ui/a.cpp", '#include "core/wire/ws/wsframe.h"\n#include "core/wire/sse/ssedecoder.h"\n')
        self.assertEqual(self.offences("includes"), ["ui/a.cpp:2"])

    def test_library_in_header_and_in_the_wrong_folder(self):
        self.write("core/wire/a.h", "#pragma once\n#include <openssl/ssl.h>\n")
        self.write("ui/b.cpp", "#include <QTcpSocket>\n")
        self.write("core/engine/c.cpp", "#include <QWidget>\n")
        self.write("core/engine/session.cpp", "#include <sys/socket.h>\n")
        self.assertEqual(self.offences("includes"), ["core/engine/c.cpp:1", "core/engine/session.cpp:1", "core/wire/a.h:2", "ui/b.cpp:1"])

    def test_missing_header_and_unknown_folder(self):
        self.write("core/base/a.cpp", '#include "core/base/gone.h"\n')
        self.write("core/attic/b.cpp", "int b();\n")
        self.assertEqual(self.offences("includes"), ["core/attic/b.cpp:1", "core/base/a.cpp:1"])

    def test_words(self):
        self.write("core/wire/a.cpp", "auto now = std::chrono::steady_clock::now();\n")
        self.write("core/base/b.cpp", "class B { Q_OBJECT };\n// Q_OBJECT in a comment, \"delete this\" in a string\n")
        self.write("ui/c.cpp", "void c() { delete thing; }\nC::C(const C &) = delete;\n// TODO: later\n")
        self.write("tests/ui/d.cpp", "void d() { QTest::qWait(100); }\n")
        self.assertEqual(self.offences("words"), ["core/base/b.cpp:1", "core/wire/a.cpp:1", "ui/c.cpp:1", "ui/c.cpp:3", "tests/ui/d.cpp:1"])

    def test_sizes(self):
        self.write("core/base/a.cpp", "\n" * 601)
        self.write("core/base/b.h", "#pragma once\n" + "\n" * 150)
        self.write("app/main.cpp", "\n" * 80)
        self.assertEqual(self.offences("sizes"), ["core/base/a.cpp:601", "core/base/b.h:151", "app/main.cpp:80"])

    def test_twins(self):
        self.write("core/base/a.cpp", "int a() { return 1; }\n")
        self.write("core/base/b.cpp", "int b() { return 1; }\n")
        self.write("tests/core/base/btest.cpp", "// empty\n")
        self.write("core/base/c.cpp", '#include "core/base/c.h"\n')
        self.assertEqual(self.offences("twins"), ["core/base/a.cpp:1", "tests/core/base/btest.cpp:1"])

    def test_plaintext(self):
        self.write("ui/a.cpp", 'auto *l = new QLabel(text);\nview->setToolTip(payload);\nview->setToolTip(tr("Fixed"));\nw.setHtml(x);\n')
        self.write("ui/b.cpp", "QMessageBox box;\n")
        self.write("ui/text/plainlabel.cpp", "auto *l = new QLabel(text);\n")
        self.assertEqual(self.offences("plaintext"), ["ui/a.cpp:1", "ui/a.cpp:2", "ui/a.cpp:4", "ui/b.cpp:1"])

    def test_headers_and_places(self):
        self.write("core/base/a.h", "// no pragma\n")
        self.write("README.md", "see " + "/ho" + "me/me/notes\n")
        self.assertEqual(self.offences("headers"), ["core/base/a.h:1", "README.md:1"])

    def test_format(self):
        self.write(".clang-format", "BasedOnStyle: LLVM\n")
        self.write("core/base/a.cpp", "int   a( ) ;\n")
        self.write("core/base/b.cpp", "int b();\n")
        self.assertEqual(self.offences("format"), ["core/base/a.cpp:1"])


if __name__ == "__main__":
    unittest.main()
