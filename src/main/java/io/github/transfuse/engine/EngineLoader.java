package io.github.transfuse.engine;

import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides how the native side is loaded, and is the only code that names its entry class.
 *
 * <p>Where our own class loader has JavaCPP and PyTorch as we ship them (command line, Fiji), it loads them. Elsewhere
 * (QuPath, or a Fiji with another JavaCPP) an {@link IsolatingClassLoader} does, from the jars of the {@link EngineStore}.
 */
public final class EngineLoader {

    private static final String ENTRY = "io.github.transfuse.torch.TorchEngine";

    /** Package of the native side. */
    static final String NATIVE_SIDE = ENTRY.substring(0, ENTRY.lastIndexOf('.'));

    private static volatile Engine engine;

    private EngineLoader() {}

    /**
     * The engine of this process, loaded at the first call (about a second; longer if it has to be fetched first).
     *
     * @throws EngineUnavailableException if the native libraries cannot be loaded
     */
    public static Engine engine() {
        return engine(new LoggedDownload());
    }

    /**
     * The engine of this process.
     *
     * @param listener watches the download, if there is one
     * @throws EngineUnavailableException if the native libraries cannot be got or loaded
     */
    public static Engine engine(DownloadListener listener) {
        Engine found = engine;
        if (found == null) {
            synchronized (EngineLoader.class) {
                found = engine;
                if (found == null) {
                    found = load(EngineLoader.class.getClassLoader(), listener);
                    engine = found;
                }
            }
        }
        return found;
    }

    /**
     * How much {@link #engine()} would have to fetch from the network first.
     *
     * @return bytes; 0 if everything is there
     * @throws EngineUnavailableException if there are no native libraries for this platform
     */
    public static long downloadBytes() {
        boolean gpu = GpuChoice.standard();
        boolean here = engine != null
                || EngineStore.named().isPresent()
                || (!gpu && HostJavaCpp.isOurs(EngineLoader.class.getClassLoader()));
        return here ? 0 : EngineStore.standard(gpu).missingBytes();
    }

    private static Engine load(ClassLoader own, DownloadListener listener) {
        Optional<Path> named = EngineStore.named();
        boolean gpu = named.isEmpty() && GpuChoice.told();
        if (named.isEmpty() && !gpu && HostJavaCpp.isOurs(own)) {
            return create(own);
        }
        ForeignTorch.loaded().ifPresent(file -> {
            throw new EngineUnavailableException(ForeignTorch.message(file));
        });
        List<Path> jars = named.map(EngineStore::jarsIn)
                .orElseGet(() -> EngineStore.standard(gpu).jars(listener));
        try {
            return isolated(jars, own);
        } catch (EngineUnavailableException e) {
            throw gpu ? GpuChoice.failed(e) : e;
        }
    }

    private static Engine isolated(List<Path> jars, ClassLoader own) {
        IsolatingClassLoader isolated = new IsolatingClassLoader(urls(jars), NATIVE_SIDE, own);
        IsolatedStart.prepare(isolated);
        return create(isolated);
    }

    private static List<URL> urls(List<Path> jars) {
        List<URL> urls = new ArrayList<>();
        OwnCode.location().ifPresent(urls::add);
        try {
            for (Path jar : jars) {
                urls.add(jar.toUri().toURL());
            }
        } catch (MalformedURLException e) {
            throw new EngineUnavailableException("The engine's jars cannot be addressed: " + e.getMessage(), e);
        }
        return urls;
    }

    /** The engine of this process if it is loaded; loads nothing. */
    public static Optional<Engine> loaded() {
        return Optional.ofNullable(engine);
    }

    private static Engine create(ClassLoader loader) {
        try {
            Engine created = Class.forName(ENTRY, true, loader)
                    .asSubclass(Engine.class)
                    .getConstructor()
                    .newInstance();
            created.info(); // loads the libraries, if the constructor did not: what fails shall fail here
            return created;
        } catch (InvocationTargetException e) {
            throw unavailable(e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw unavailable(e);
        }
    }

    static EngineUnavailableException unavailable(Throwable cause) {
        if (cause instanceof EngineUnavailableException known) {
            return known;
        }
        String advice = cause instanceof UnsatisfiedLinkError
                ? " Another PyTorch may be loaded already, by InstanSeg, WSInfer or Deep Java Library (DJL): restart"
                        + " the program and run TransFuse first."
                : "";
        return new EngineUnavailableException(
                "The native libraries of PyTorch cannot be loaded: " + cause + "." + advice, cause);
    }
}
