package io.github.transfuse.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.SparkConf;

/**
 * A store as Hadoop sees one, {@code store://test/...}, whose files lie on this disk so that tests can look. As in HDFS, nothing
 * is moved to a name that is taken.
 */
public final class FolderStore extends RawLocalFileSystem {
    /** Ends of the places that cannot be moved to. */
    static final Set<String> FULL = ConcurrentHashMap.newKeySet();

    private static final String ROOT = "store://test";

    /** Tells Spark of it. */
    static SparkConf in(SparkConf conf) {
        return conf.set("spark.hadoop.fs.store.impl", FolderStore.class.getName());
    }

    /** The place in the store of a file on this disk. */
    static String place(Path file) {
        return ROOT + file.toAbsolutePath();
    }

    @Override
    public URI getUri() {
        return URI.create(ROOT);
    }

    @Override
    public String getScheme() {
        return "store";
    }

    /** Those of the disk ask the disk for permissions, by the place in the store. */
    private static FileStatus plain(FileStatus status) {
        return new FileStatus(
                status.getLen(),
                status.isDirectory(),
                1,
                status.getBlockSize(),
                status.getModificationTime(),
                status.getPath());
    }

    @Override
    public FileStatus getFileStatus(org.apache.hadoop.fs.Path file) throws IOException {
        return plain(super.getFileStatus(file));
    }

    @Override
    public FileStatus[] listStatus(org.apache.hadoop.fs.Path folder) throws IOException {
        return Arrays.stream(super.listStatus(folder)).map(FolderStore::plain).toArray(FileStatus[]::new);
    }

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize) throws IOException {
        if (file.getName().startsWith("lost")) {
            throw new FileNotFoundException(file + " is lost");
        }
        return super.open(file, bufferSize);
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) throws IOException {
        if (FULL.stream().anyMatch(to.toString()::endsWith)) {
            throw new IOException("the store is full");
        }
        return !exists(to) && super.rename(from, to);
    }
}
