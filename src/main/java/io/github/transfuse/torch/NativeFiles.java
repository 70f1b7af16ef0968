package io.github.transfuse.torch;

import io.github.transfuse.files.UnpackedFile;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.Loader;

/** Which files JavaCPP will unpack for some of its classes, and where to. */
final class NativeFiles {
    private final Path cache;
    private final boolean flat = Boolean.getBoolean("org.bytedeco.javacpp.cachedir.nosubdir");
    private final Set<Class<?>> seen = new LinkedHashSet<>();
    private final Map<Path, UnpackedFile> files = new LinkedHashMap<>();

    private NativeFiles(Path cache) {
        this.cache = cache;
    }

    /**
     * The libraries of classes and of all that they build upon; none that lies as a file on the disk already.
     *
     * @param cache folder of JavaCPP
     * @throws IOException if a jar cannot be read
     */
    static List<UnpackedFile> of(Path cache, Class<?>... classes) throws IOException {
        NativeFiles found = new NativeFiles(cache);
        for (Class<?> type : classes) {
            found.add(type, Loader.loadProperties());
        }
        return List.copyOf(found.files.values());
    }

    private void add(Class<?> type, Properties platform) throws IOException {
        Class<?> enclosing = Loader.getEnclosingClass(type);
        if (!seen.add(enclosing)) {
            return;
        }
        ClassProperties properties = Loader.loadProperties(enclosing, platform, true);
        List<String> names = new ArrayList<>(properties.get("platform.preload"));
        names.addAll(properties.get("platform.link"));
        names.add(properties.getProperty("platform.library"));
        for (String name : names) {
            for (URL source : Loader.findLibrary(enclosing, properties, name)) {
                add(source);
            }
        }
        if (properties.getInheritedClasses() != null) {
            for (Class<?> inherited : properties.getInheritedClasses()) {
                add(inherited, platform);
            }
        }
    }

    /** The part behind # is the name that the copy gets, where it has another one. */
    private void add(URL library) throws IOException {
        String[] parts = library.toString().split("#", 2);
        URL source = new URL(parts[0]);
        if (source.openConnection() instanceof JarURLConnection jar) {
            Path entry = Path.of(jar.getEntryName());
            String name = parts.length > 1 ? parts[1] : entry.getFileName().toString();
            Path folder = Path.of(jar.getJarFile().getName()).getFileName().resolve(entry.getParent());
            Path target = (flat ? cache : cache.resolve(folder)).resolve(name);
            files.putIfAbsent(target, UnpackedFile.of(source, target));
        }
    }
}
