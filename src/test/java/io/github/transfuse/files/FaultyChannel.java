package io.github.transfuse.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file of a {@link FaultyDisk}. Of its writes the 1st, 2nd, 4th, 8th and so on count as steps: files have thousands. */
final class FaultyChannel extends FileChannel {
    private final FileChannel real;
    private final FaultyDisk disk;
    private final Path file;
    private int writes;

    FaultyChannel(FileChannel real, FaultyDisk disk, Path file) {
        this.real = real;
        this.disk = disk;
        this.file = file;
    }

    /** As a full disk ends a write: the message names no file. */
    private void writing() throws IOException {
        writes++;
        if (Integer.bitCount(writes) == 1) {
            try {
                disk.step(FaultyDisk.Step.WRITE, file);
            } catch (FileSystemException e) {
                throw new IOException(e.getReason());
            }
        }
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        writing();
        return real.write(from);
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        writing();
        return real.write(from, offset, length);
    }

    @Override
    public int write(ByteBuffer from, long at) throws IOException {
        writing();
        return real.write(from, at);
    }

    @Override
    public long transferFrom(ReadableByteChannel from, long at, long count) throws IOException {
        writing();
        return real.transferFrom(from, at, count);
    }

    @Override
    public void force(boolean metadata) throws IOException {
        writing();
        real.force(metadata);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        writing();
        real.truncate(size);
        return this;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        return real.read(to);
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) throws IOException {
        return real.read(to, offset, length);
    }

    @Override
    public int read(ByteBuffer to, long at) throws IOException {
        return real.read(to, at);
    }

    @Override
    public long transferTo(long at, long count, WritableByteChannel to) throws IOException {
        return real.transferTo(at, count, to);
    }

    @Override
    public long position() throws IOException {
        return real.position();
    }

    @Override
    public FileChannel position(long at) throws IOException {
        real.position(at);
        return this;
    }

    @Override
    public long size() throws IOException {
        return real.size();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long at, long size) throws IOException {
        return real.map(mode, at, size);
    }

    @Override
    public FileLock lock(long at, long size, boolean shared) throws IOException {
        return real.lock(at, size, shared);
    }

    @Override
    public FileLock tryLock(long at, long size, boolean shared) throws IOException {
        return real.tryLock(at, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
    }
}
