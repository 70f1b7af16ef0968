package io.github.transfuse.engine;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that loads extensions as QuPath does: its own JavaCPP on the application class path, extensions in a child that
 * asks its parent first. The test starts it with Java's source launcher, so that no class of ours is in the parent.
 */
final class ParentFirstHost {
    private ParentFirstHost() {}

    /**
     * Runs the probe of an extension.
     *
     * @param args the name of its Runnable, then the jars and folders of the extension
     */
    public static void main(String[] args) throws Exception {
        Class.forName("org.bytedeco.javacpp.Loader");
        List<URL> urls = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            urls.add(Path.of(args[i]).toUri().toURL());
        }
        try (URLClassLoader extensions = new URLClassLoader(urls.toArray(URL[]::new))) {
            ((Runnable) extensions.loadClass(args[0]).getConstructor().newInstance()).run();
        }
        System.exit(0);
    }
}
