package io.github.transfuse.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The bytes of a file of the web. Where a connection is cut or stalls, it goes on from there by another one, some times; it
 * can be canceled while it waits. Proxies are those of the JVM. For one thread.
 */
public final class WebStream extends InputStream {
    private static final int MAX_TRIES = 5;
    private static final long POLL_MILLIS = 100;

    private final URI address;
    private final BooleanSupplier canceled;
    private final Pauses pauses;

    private ChunkReader connection;
    private byte[] chunk = ChunkReader.END;
    private int at;
    /** Bytes that came, of this and of all earlier connections. */
    private long received;

    private long length = -1;
    private String version;

    /**
     * How long to wait.
     *
     * @param stall without a byte until another connection is tried
     * @param first before the second try; twice as long before each further one
     */
    record Pauses(Duration stall, Duration first) {}

    WebStream(URI address, BooleanSupplier canceled, Pauses pauses) throws IOException {
        this.address = address;
        this.canceled = canceled;
        this.pauses = pauses;
        connect();
    }

    /**
     * Opens a file.
     *
     * @param address {@code http}, {@code https}, or {@code file}
     * @param canceled asked often, also while nothing comes
     * @throws IOException if the server cannot be reached after some tries, or has no such file
     * @throws CancellationException if canceled, here as in every read
     */
    public static WebStream open(URI address, BooleanSupplier canceled) throws IOException {
        return new WebStream(address, canceled, new Pauses(Duration.ofSeconds(30), Duration.ofSeconds(1)));
    }

    /** Bytes of the whole file; -1 if the server does not tell. */
    public long length() {
        return length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        if (count > 0 && at == chunk.length) {
            chunk = next();
            at = 0;
            if (chunk.length == 0) {
                return -1;
            }
        }
        int taken = Math.min(count, chunk.length - at);
        System.arraycopy(chunk, at, bytes, offset, taken);
        at += taken;
        return taken;
    }

    private byte[] next() throws IOException {
        while (true) {
            try {
                byte[] bytes = nextOf(connection);
                received += bytes.length;
                if (bytes.length > 0 || length < 0 || received == length) {
                    return bytes;
                }
                throw new IOException(received > length ? "more bytes came than told" : "the connection was cut");
            } catch (IOException e) {
                connection.close();
                connect(e);
            }
        }
    }

    private void connect() throws IOException {
        try {
            connection = open();
        } catch (FinalException e) {
            throw e;
        } catch (IOException e) {
            connect(e);
        }
    }

    /** Tries anew until it succeeds; what was the reason is told if it never does. */
    private void connect(IOException reason) throws IOException {
        IOException last = reason;
        long pause = pauses.first.toMillis();
        for (int tries = 1; tries < MAX_TRIES; tries++) {
            pause(pause);
            pause *= 2;
            try {
                connection = open();
                return;
            } catch (FinalException e) {
                throw e;
            } catch (IOException e) {
                last = e;
            }
        }
        throw new IOException(address + " could not be read after " + MAX_TRIES + " tries: " + last, last);
    }

    private void pause(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            requireGoingOn();
            try {
                Thread.sleep(Math.min(millis, POLL_MILLIS));
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
    }

    private void requireGoingOn() {
        if (canceled.getAsBoolean()) {
            close();
            throw new CancellationException("The download was canceled.");
        }
    }

    private CancellationException interrupted() {
        close();
        Thread.currentThread().interrupt();
        return new CancellationException("The download was interrupted.");
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
        }
    }

    /** Another try would not help. */
    private static final class FinalException extends IOException {
        private static final long serialVersionUID = 1;

        FinalException(String message) {
            super(message);
        }
    }

    private ChunkReader open() throws IOException {
        URLConnection network = address.toURL().openConnection();
        network.setConnectTimeout((int) pauses.stall.toMillis());
        network.setReadTimeout((int) pauses.stall.toMillis());
        network.setRequestProperty("Accept-Encoding", "identity");
        if (received > 0) {
            network.setRequestProperty("Range", "bytes=" + received + "-");
        }
        InputStream in;
        try {
            in = network.getInputStream();
        } catch (FileNotFoundException e) {
            throw last(e, "there is no file " + address);
        } catch (UnknownHostException | ConnectException e) {
            throw received > 0 ? e : last(e, address + " cannot be reached (" + e + ")");
        } catch (IOException e) {
            throw refused(network, e);
        }
        try {
            skipTo(network, in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
        return new ChunkReader(in, network instanceof HttpURLConnection http ? http::disconnect : () -> {});
    }

    private byte[] nextOf(ChunkReader reader) throws IOException {
        long end = System.nanoTime() + pauses.stall.toNanos();
        while (System.nanoTime() < end) {
            requireGoingOn();
            try {
                Optional<byte[]> bytes = reader.poll(POLL_MILLIS);
                if (bytes.isPresent()) {
                    return bytes.get();
                }
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
        throw new IOException("nothing came for " + pauses.stall.toSeconds() + " seconds");
    }

    private FinalException last(IOException e, String message) {
        FinalException last = new FinalException(message);
        last.initCause(e);
        return last;
    }

    private IOException refused(URLConnection network, IOException e) throws IOException {
        int code = network instanceof HttpURLConnection http && e.getMessage() != null ? http.getResponseCode() : -1;
        boolean later = code < 400 || code == 408 || code == 429 || code >= 500;
        return later ? e : new FinalException(address + " is refused by its server (HTTP " + code + ")");
    }

    /** Brings a new connection to where the last one ended, in the same version of the same file. */
    private void skipTo(URLConnection network, InputStream in) throws IOException {
        boolean partly =
                network instanceof HttpURLConnection http && http.getResponseCode() == HttpURLConnection.HTTP_PARTIAL;
        long told = network.getContentLengthLong();
        long whole = told < 0 ? -1 : told + (partly ? received : 0);
        String tag = network.getHeaderField("ETag");
        if (received > 0 && (whole != length || !Objects.equals(tag, version))) {
            throw new FinalException(address + " changed on its server while it was read. Try again");
        }
        length = whole;
        version = tag;
        if (!partly) {
            in.skipNBytes(received);
        }
    }
}
