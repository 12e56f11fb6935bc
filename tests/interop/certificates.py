"""Certificates for the tests, made by OpenSSL's own command line: nothing of them is ever committed."""

import pathlib
import subprocess
import tempfile


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, timeout=30)


class Authority:
    """A folder with the authority NAME, and what it signs; NAME.pem and NAME.key beside each other."""

    def __init__(self, name="authority", folder=None):
        self.own = tempfile.TemporaryDirectory() if folder is None else None
        self.folder = pathlib.Path(self.own.name if self.own else folder)
        self.name = name
        self.make_key(name)
        openssl("req", "-x509", "-key", self.key(name), "-out", self.certificate(name), "-subj", f"/CN={name}", "-days", 30)

    def certificate(self, name):
        return self.folder / f"{name}.pem"

    def key(self, name):
        return self.folder / f"{name}.key"

    def make_key(self, name):
        openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", self.key(name))

    def sign(self, name, names="", days=30):
        """NAME.pem for a server's NAMES ("DNS:localhost,..."), or for a client; expired when days are below 0."""
        self.make_key(name)
        request, extensions = self.folder / f"{name}.csr", self.folder / f"{name}.ext"
        extensions.write_text(f"subjectAltName={names}\n" if names else "extendedKeyUsage=clientAuth\n")
        openssl("req", "-new", "-key", self.key(name), "-out", request, "-subj", f"/CN={name}")
        openssl("x509", "-req", "-in", request, "-CA", self.certificate(self.name), "-CAkey", self.key(self.name), "-CAcreateserial",
                "-extfile", extensions, "-out", self.certificate(name), "-days", days)
        return self.certificate(name)

    def pkcs12(self, name, password):
        file = self.folder / f"{name}.p12"
        openssl("pkcs12", "-export", "-in", self.certificate(name), "-inkey", self.key(name), "-passout", f"pass:{password}", "-out", file)
        return file

    def encrypted_key(self, name, password):
        file = self.folder / f"{name}-encrypted.key"
        openssl("ec", "-in", self.key(name), "-aes256", "-passout", f"pass:{password}", "-out", file)
        return file
