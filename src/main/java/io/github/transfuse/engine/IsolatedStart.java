package io.github.transfuse.engine;

import io.github.transfuse.model.ModelCatalogue;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts JavaCPP in its own class loader with settings of its own. JavaCPP reads them from system properties when its
 * classes are initialised; afterwards the properties are as before, so that the host's JavaCPP does not see them.
 */
final class IsolatedStart {
    private static final String CACHE = "org.bytedeco.javacpp.cachedir";

    /** JavaCPP's default is four times the Java heap, which says nothing about a network's needs. */
    private static final String PHYSICAL = "org.bytedeco.javacpp.maxPhysicalBytes";

    private static final String LIBRARIES = EngineLoader.NATIVE_SIDE + ".NativeCache";

    private IsolatedStart() {}

    /** The folder into which libraries are unpacked. */
    static Path cache() {
        String home = Path.of(System.getProperty("user.home"), ".transfuse").toString();
        return Path.of(System.getProperty(ModelCatalogue.CACHE_PROPERTY, home), "javacpp");
    }

    static void prepare(ClassLoader isolated) {
        Path cache = cache();
        List<Changed> changed = new ArrayList<>();
        Map.of(CACHE, cache.toString(), PHYSICAL, "0").forEach((key, value) -> changed.add(Changed.set(key, value)));
        try {
            Class.forName("org.bytedeco.javacpp.Loader", true, isolated)
                    .getMethod("getCacheDir")
                    .invoke(null);
            // checks and unpacks the libraries before JavaCPP loads the first
            Class.forName(LIBRARIES, true, isolated)
                    .asSubclass(Runnable.class)
                    .getConstructor()
                    .newInstance()
                    .run();
        } catch (InvocationTargetException e) {
            throw EngineLoader.unavailable(e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw EngineLoader.unavailable(e);
        } finally {
            changed.forEach(Changed::restore);
        }
    }

    /** A system property and what it was. */
    private record Changed(String key, Optional<String> before) {
        static Changed set(String key, String value) {
            return new Changed(key, Optional.ofNullable(System.setProperty(key, value)));
        }

        void restore() {
            before.ifPresentOrElse(value -> System.setProperty(key, value), () -> System.clearProperty(key));
        }
    }
}
