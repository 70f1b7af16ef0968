package io.github.transfuse.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.util.Optional;
import java.util.Properties;

/** Whether the JavaCPP that our own class loader sees is fit to load our native side. */
final class HostJavaCpp {
    private static final String LOADER = "org.bytedeco.javacpp.Loader";
    private static final String TORCH = "org.bytedeco.pytorch.global.torch";
    private static final String PROPERTIES = "META-INF/maven/org.bytedeco/javacpp/pom.properties";

    /** The version that the native libraries are built with. */
    static final String VERSION = "1.5.13";

    private HostJavaCpp() {}

    /** JavaCPP of our version and PyTorch with its natives, all from the class loader that has our own classes. */
    static boolean isOurs(ClassLoader own) {
        Optional<Class<?>> loader = find(LOADER, own);
        Optional<Class<?>> torch = find(TORCH, own);
        return loader.isPresent()
                && torch.isPresent()
                && loader.get().getClassLoader() == torch.get().getClassLoader()
                && loader.get().getClassLoader() == own
                && version(own).filter(VERSION::equals).isPresent()
                && hasNatives(own);
    }

    private static Optional<Class<?>> find(String name, ClassLoader loader) {
        try {
            return Optional.of(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    private static boolean hasNatives(ClassLoader loader) {
        String platform = Platform.current();
        String library = Platform.torchLibrary(platform);
        return loader.getResource("org/bytedeco/pytorch/" + platform + "/" + library) != null
                || loader.getResource("org/bytedeco/pytorch/" + platform + "-gpu/" + library) != null;
    }

    /** The version of the jar that holds the visible JavaCPP; another jar's metadata may come first. */
    private static Optional<String> version(ClassLoader loader) {
        String entry = LOADER.replace('.', '/') + ".class";
        URL where = loader.getResource(entry);
        if (where == null) {
            return Optional.empty();
        }
        String root = where.toString();
        try (InputStream in = URI.create(root.substring(0, root.length() - entry.length()) + PROPERTIES)
                .toURL()
                .openStream()) {
            Properties properties = new Properties();
            properties.load(in);
            return Optional.ofNullable(properties.getProperty("version"));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
