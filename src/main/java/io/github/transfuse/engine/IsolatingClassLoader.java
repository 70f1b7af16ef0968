package io.github.transfuse.engine;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;
import java.util.List;

/**
 * Defines the native side and JavaCPP itself, whatever the host has of it, and takes everything else from its parent.
 *
 * <p>JavaCPP loads libraries only for classes of its own class loader. A host such as QuPath has a JavaCPP on its
 * application class path and asks that one first for all its extensions: there ours would not load.
 */
final class IsolatingClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final String nativeSide;

    /**
     * A loader for these jars.
     *
     * @param jars the native side and JavaCPP with its libraries
     * @param nativeSide package of the native side
     * @param parent has the rest
     */
    IsolatingClassLoader(List<URL> jars, String nativeSide, ClassLoader parent) {
        super("transfuse-engine", jars.toArray(URL[]::new), parent);
        this.nativeSide = nativeSide + ".";
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!isOwn(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            Class<?> found = loaded == null ? findClass(name) : loaded;
            if (resolve) {
                resolveClass(found);
            }
            return found;
        }
    }

    @Override
    public URL getResource(String name) {
        return isOwn(name) ? findResource(name) : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return isOwn(name) ? findResources(name) : super.getResources(name);
    }

    /** Also for the metadata of JavaCPP's artifacts, from which it reads its version. */
    private boolean isOwn(String name) {
        String dotted = name.replace('/', '.');
        return dotted.startsWith(nativeSide)
                || dotted.startsWith("org.bytedeco.")
                || dotted.startsWith("META-INF.maven.org.bytedeco.");
    }
}
