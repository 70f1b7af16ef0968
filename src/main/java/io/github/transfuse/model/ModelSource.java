package io.github.transfuse.model;

import io.github.transfuse.files.Sha256;
import io.github.transfuse.files.WebStream;
import io.github.transfuse.files.WholeFile;
import io.github.transfuse.weights.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * From where a model is fetched.
 *
 * @param address of a zip
 * @param sha256 that the zip must have, lower-case hexadecimal; empty if it is not known
 */
record ModelSource(URI address, Optional<String> sha256) {
    /** The largest model has weights of 0.6 GB. */
    private static final long MAX_BYTES = 4L << 30;

    private static final int BUFFER_BYTES = 1 << 16;

    /** Whether a text is an address and not a path. */
    static boolean isAddress(String text) {
        return text.toLowerCase(Locale.ROOT).matches("(https?|file)://.*");
    }

    static URI address(String text) throws ModelFormatException {
        try {
            URI address = URI.create(text);
            if (isAddress(text)) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException("'" + text + "' is no address (" + e.getMessage() + ").", e);
        }
        throw new ModelFormatException("'" + text + "' is no address. Addresses begin with https:// or file://.");
    }

    /**
     * Fetches the zip.
     *
     * @param folder where to
     * @return the file, under the name that it has in the address
     * @throws ModelFormatException if it is no zip, or not the expected one
     */
    Path fetch(Path folder, BooleanSupplier canceled) throws IOException {
        if ("http".equalsIgnoreCase(address.getScheme()) && sha256.isEmpty() && !isHere()) {
            throw new ModelFormatException(
                    address + " can be changed on its way. Give an address with https, or the checksum by --sha256.");
        }
        String path = Optional.ofNullable(address.getPath()).orElse("");
        String name = path.substring(path.lastIndexOf('/') + 1);
        Path zip = folder.resolve(name.toLowerCase(Locale.ROOT).endsWith(".zip") ? name : "model.zip");
        try (WebStream web = WebStream.open(address, canceled);
                PushbackInputStream in = new PushbackInputStream(web, 2)) {
            requireZip(in);
            WholeFile.write(zip, out -> copy(in, out));
        }
        String actual = Sha256.of(zip);
        if (sha256.isPresent() && !sha256.get().equals(actual)) {
            throw new ModelFormatException(address + ": the SHA-256 is " + actual + ", but " + sha256.get()
                    + " was expected. The file is damaged or another one.");
        }
        return zip;
    }

    private boolean isHere() {
        return "localhost".equals(address.getHost()) || "127.0.0.1".equals(address.getHost());
    }

    /** Networks that ask for a login answer every request with a page. */
    private void requireZip(PushbackInputStream in) throws IOException {
        byte[] begin = in.readNBytes(2);
        if (begin.length < 2 || begin[0] != 'P' || begin[1] != 'K') {
            throw new ModelFormatException(address
                    + " is no zip of a model. If your network asks for a login, open any page in a browser first.");
        }
        in.unread(begin);
    }

    private void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long count = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            count += read;
            if (count > MAX_BYTES) {
                throw new ModelFormatException(address + " is larger than any model.");
            }
            out.write(buffer, 0, read);
        }
    }
}
