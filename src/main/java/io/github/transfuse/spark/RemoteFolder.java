package io.github.transfuse.spark;

import io.github.transfuse.files.WholeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/**
 * A folder in a file system that Hadoop reaches, such as {@code s3a://bucket/plates} or {@code hdfs://head/plates}, or on a
 * disk of this computer. What a store needs to be reached stands in Spark's settings {@code spark.hadoop.*}.
 *
 * @param uri its place, without a slash at the end
 */
record RemoteFolder(String uri) implements Serializable {
    private static final String DISK = "file://";
    private static final Pattern REMOTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*");
    private static final String HADOOP = "spark.hadoop.";

    /**
     * A file, or a folder if folders are asked for.
     *
     * @param name below the folder, with slashes
     * @param bytes of a file
     * @param folder whether it is one
     */
    record Entry(String name, long bytes, boolean folder) {}

    /** Whether a place is in a file system of Hadoop, and not on a disk. */
    static boolean isRemote(String place) {
        return REMOTE.matcher(place).matches();
    }

    /** A folder by its URI, or by its path on a disk. */
    static RemoteFolder of(String place) {
        String uri = isRemote(place)
                ? place
                : DISK + java.nio.file.Path.of(place).toAbsolutePath().normalize();
        int end = uri.length();
        while (uri.charAt(end - 1) == '/' && uri.charAt(end - 2) != '/') {
            end--;
        }
        return new RemoteFolder(uri.substring(0, end));
    }

    /** The place of a file below the folder. */
    String place(String name) {
        return uri + "/" + name;
    }

    /** The name below the folder of a file at a place in it. */
    String name(String place) {
        return place.substring(uri.length() + 1);
    }

    /** Hadoop takes a colon in a name for a scheme, unless the parts are given one by one. */
    private Path path(String name) {
        URI root = new Path(uri).toUri();
        String path = name.isEmpty() ? root.getPath() : root.getPath() + "/" + name;
        return new Path(root.getScheme(), root.getAuthority(), path.isEmpty() ? "/" : path);
    }

    private FileSystem system() throws IOException {
        try {
            return uri.startsWith(DISK)
                    ? FileSystem.getLocal(configuration()).getRawFileSystem()
                    : new Path(uri).getFileSystem(configuration());
        } catch (IOException | RuntimeException e) {
            throw new UnreachableStoreException(uri, e);
        }
    }

    private static Configuration configuration() {
        Configuration hadoop = new Configuration();
        SparkConf spark =
                SparkEnv.get() == null ? new SparkConf() : SparkEnv.get().conf();
        for (scala.Tuple2<String, String> value : spark.getAll()) {
            if (value._1().startsWith(HADOOP)) {
                hadoop.set(value._1().substring(HADOOP.length()), value._2());
            }
        }
        return hadoop;
    }

    /**
     * Whether it is a folder, and not a file.
     *
     * @throws FileNotFoundException if nothing is there
     */
    boolean isFolder() throws IOException {
        return system().getFileStatus(path("")).isDirectory();
    }

    /**
     * What is in the folder.
     *
     * @param deep whether files of folders within it are listed, instead of these folders
     * @throws FileNotFoundException if there is no such folder
     */
    List<Entry> list(boolean deep) throws IOException {
        List<Entry> found = new ArrayList<>();
        if (deep) {
            RemoteIterator<LocatedFileStatus> files = system().listFiles(path(""), true);
            while (files.hasNext()) {
                found.add(entry(files.next()));
            }
        } else {
            for (FileStatus status : system().listStatus(path(""))) {
                found.add(entry(status));
            }
        }
        return found;
    }

    private Entry entry(FileStatus status) {
        String root = path("").toUri().getPath();
        String file = status.getPath().toUri().getPath();
        return new Entry(
                file.substring(root.length() + (root.endsWith("/") ? 0 : 1)), status.getLen(), status.isDirectory());
    }

    /** Whether something has this name. */
    boolean has(String name) throws IOException {
        return system().exists(path(name));
    }

    /** What in a folder below this one has a name that begins so; nothing if there is no such folder. */
    List<Entry> beginning(String folder, String start) throws IOException {
        try {
            return new RemoteFolder(folder.isEmpty() ? uri : place(folder))
                    .list(false).stream()
                            .filter(entry -> entry.name().startsWith(start))
                            .toList();
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    /** Copies a file to a disk; the folder there is made. */
    void fetch(String name, java.nio.file.Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (InputStream in = system().open(path(name))) {
            WholeFile.write(to, in::transferTo);
        }
    }

    /** Copies a file, or a folder with all that is in it, from a disk. */
    void put(java.nio.file.Path from, String name) throws IOException {
        try (Stream<java.nio.file.Path> files = Files.walk(from)) {
            for (java.nio.file.Path file : files.filter(Files::isRegularFile).toList()) {
                String within = from.relativize(file).toString().replace('\\', '/');
                try (OutputStream out = system().create(path(within.isEmpty() ? name : name + "/" + within), true)) {
                    Files.copy(file, out);
                }
            }
        }
    }

    /**
     * Moves a file or a folder; what had its name goes. Of two moves to one name at the same time one stays.
     *
     * @throws IOException if nothing has the name afterwards
     */
    void move(String from, String to) throws IOException {
        FileSystem system = system();
        system.mkdirs(path(to).getParent());
        delete(to);
        if (!system.rename(path(from), path(to)) && !system.exists(path(to))) {
            throw new IOException(place(to) + " cannot be written.");
        }
    }

    /** Deletes a file, or a folder with all that is in it; nothing happens if there is none. */
    void delete(String name) throws IOException {
        system().delete(path(name), true);
    }

    /** The same place with its last name alone, for a folder on a disk that is called so. */
    String lastName() {
        String name = new Path(uri).getName();
        return name.isEmpty() ? "store" : name;
    }
}
