package io.github.transfuse.engine;

import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Runs inside an extension of {@link ParentFirstHost}: says on standard output what it sees. */
public final class IsolationProbe implements Runnable {
    /** What the extension's own loader has is unfit, what the isolated one has computes. */
    @Override
    public void run() {
        ClassLoader own = getClass().getClassLoader();
        say("ours visible: " + HostJavaCpp.isOurs(own));
        List<URL> urls = new ArrayList<>();
        OwnCode.location().ifPresent(urls::add);
        try {
            urls.add(getClass().getProtectionDomain().getCodeSource().getLocation());
            for (Path jar : EngineStore.jarsIn(EngineStore.named().orElseThrow())) {
                urls.add(jar.toUri().toURL());
            }
            IsolatingClassLoader isolated = new IsolatingClassLoader(urls, EngineLoader.NATIVE_SIDE, own);
            IsolatedStart.prepare(isolated);
            DoubleSupplier probe = (DoubleSupplier) isolated.loadClass(EngineLoader.NATIVE_SIDE + ".TensorProbe")
                    .getConstructor()
                    .newInstance();
            say("sum: " + probe.getAsDouble());
            say("loader: " + probe);
        } catch (ReflectiveOperationException | MalformedURLException e) {
            throw new IllegalStateException(e);
        }
        say("cache property: " + System.getProperty("org.bytedeco.javacpp.cachedir"));
        say("foreign: " + ForeignTorch.loaded().isPresent());
        try {
            EngineLoader.engine();
        } catch (EngineUnavailableException e) {
            say("second: " + e.getMessage());
        }
    }

    private static void say(String text) {
        System.out.println(text);
    }
}
