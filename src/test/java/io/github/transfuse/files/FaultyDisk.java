package io.github.transfuse.files;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The real disk, which fails at its n-th step: a folder made, a file opened or written or forced, a link, a move, or at its
 * n-th deletion. Whoever
 * gets a {@link #path} of it works on it: every path of Java carries the disk that it is on.
 */
public final class FaultyDisk extends FileSystem {
    private static final FileSystem REAL = FileSystems.getDefault();

    private final FaultyProvider provider = new FaultyProvider(this);
    private final Fault fault;
    private final int failing;
    private final boolean mapped;
    private int steps;

    /** A disk that fails at a step, from 1 on. */
    public FaultyDisk(Fault fault, int failing) {
        this(fault, failing, false);
    }

    private FaultyDisk(Fault fault, int failing, boolean mapped) {
        this.fault = fault;
        this.failing = failing;
        this.mapped = mapped;
    }

    /** A disk of Windows while a program has mapped all files: they can be renamed, but not replaced. */
    static FaultyDisk withMappedFiles() {
        return new FaultyDisk(Fault.ONCE, Integer.MAX_VALUE, true);
    }

    boolean isMapped() {
        return mapped;
    }

    /** What fails. */
    public enum Fault {
        /** One step; all later ones work. */
        ONCE,

        /** That step and all later ones that need room; moving and deleting need none. */
        FULL,

        /** One deletion; no step fails. */
        STUCK,

        /** That step and all later changes, as when a network disk is lost or the process is killed. */
        GONE
    }

    /** What a program does to the disk. */
    enum Step {
        WRITE,
        MOVE,
        DELETE
    }

    /** The same file or folder, on this disk. */
    public Path path(Path real) {
        return (Path) Proxy.newProxyInstance(
                FaultyDisk.class.getClassLoader(), new Class<?>[] {Path.class}, new Handler(real));
    }

    /** Whether the step was reached. */
    public synchronized boolean failed() {
        return steps >= failing;
    }

    /** Counts a step, and fails if it is time. */
    synchronized void step(Step step, Path file) throws FileSystemException {
        boolean counts = (step == Step.DELETE) == (fault == Fault.STUCK);
        steps += counts ? 1 : 0;
        boolean fails =
                switch (fault) {
                    case ONCE, STUCK -> steps == failing && counts;
                    case FULL -> (steps == failing && counts) || (steps > failing && step == Step.WRITE);
                    case GONE -> steps >= failing;
                };
        if (fails) {
            throw new FileSystemException(file.toString(), null, "No space left on device");
        }
    }

    /** The path on the real disk. */
    static Path real(Object path) {
        return Proxy.isProxyClass(path.getClass()) ? ((Handler) Proxy.getInvocationHandler(path)).real : (Path) path;
    }

    /** A path of this disk: asks the real one. */
    private final class Handler implements InvocationHandler {
        private final Path real;

        Handler(Path real) {
            this.real = real;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("getFileSystem")) {
                return FaultyDisk.this;
            }
            Object[] plain = arguments == null ? new Object[0] : arguments.clone();
            Arrays.setAll(plain, i -> plain[i] instanceof Path ? real(plain[i]) : plain[i]);
            try {
                Object result = method.invoke(real, plain);
                return result instanceof Path path ? path(path) : result instanceof Iterator<?> ? parts() : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private Iterator<Path> parts() {
            List<Path> parts = new java.util.ArrayList<>();
            real.forEach(part -> parts.add(path(part)));
            return parts.iterator();
        }
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return REAL.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return REAL.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return REAL.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return path(REAL.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        PathMatcher matcher = REAL.getPathMatcher(pattern);
        return path -> matcher.matches(real(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return REAL.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
        throw new UnsupportedOperationException();
    }
}
