package io.github.transfuse.batch;

import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.Modalities;
import io.github.transfuse.image.NoRoomException;
import io.github.transfuse.progress.HelperThreads;
import io.github.transfuse.progress.Progress;
import io.github.transfuse.segmentation.ModelSettings;
import io.github.transfuse.segmentation.OutOfMemoryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import net.imglib2.util.Intervals;

/**
 * Segments several files beside each other with one network: while it computes one, others are read, prepared, cleaned and
 * written. A large image is alone, because it fills the memory and keeps the network busy by itself.
 */
final class FilePipeline implements AutoCloseable {
    /** Threads. */
    static final int COUNT = 3;

    /** Values of an image beyond which it is alone. */
    private static final long LARGE = 20_000_000;

    private static final long POLL_MILLIS = 50;

    private final TransFuse model;
    private final ResultTree results;
    private final boolean skip;
    private final HelperThreads threads = new HelperThreads(COUNT, "transfuse-file");
    private final Semaphore room = new Semaphore(COUNT, true);
    private volatile boolean canceled;

    FilePipeline(TransFuse model, ResultTree results, boolean skip) {
        this.model = model;
        this.results = results;
        this.skip = skip;
    }

    /** Takes a file on; it is begun as soon as a thread is free, in the order of the calls. */
    Work submit(InputFile input) {
        Step step = new Step();
        return new Work(input, step, threads.submit(() -> segment(input, step)));
    }

    private Done segment(InputFile input, Step step) throws IOException, InterruptedException {
        if (canceled) {
            throw new CancellationException("Canceled");
        }
        Optional<String> sha256 = InputHash.of(input.path());
        EarlierResult earlier = earlier(input, sha256);
        if (earlier.labels().isPresent()) {
            return new Done(earlier, Optional.empty(), List.of());
        }
        Work.Source source = new Work.Source(input, sha256, earlier, step);
        try {
            return segment(source, 1);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            if (!ranOut(e)) {
                throw e;
            }
        }
        // once more, alone: what others had in work took the memory
        return segment(source, COUNT);
    }

    private static boolean ranOut(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof OutOfMemoryError
                        || cause instanceof OutOfMemoryException
                        || cause instanceof NoRoomException);
    }

    /** Reads when there is room, with so many permits; a large image waits for all of them, while nobody else begins. */
    private Done segment(Work.Source source, int permits) throws IOException, InterruptedException {
        int held = permits;
        room.acquire(held);
        try {
            Path file = source.input().path();
            CalibratedImage image =
                    Modalities.of(ImageFiles.read(file), model.model().spec().imageChannels());
            ResultWriter.requireFitting(image, model.settings());
            new ModelSettings(model.model().spec(), model.settings()).requireChannels(image);
            open();
            ResultWriter writer = results.in(source.input().folder());
            if (Intervals.numElements(image.pixels()) > LARGE && held < COUNT) {
                room.release(held);
                held = 0;
                room.acquire(COUNT);
                held = COUNT;
            }
            Segmentation result = model.progress(source.step()).segment(image);
            EarlierResult meanwhile = earlier(source.input(), source.sha256());
            if (meanwhile.labels().isPresent()) {
                return new Done(meanwhile, Optional.empty(), List.of());
            }
            List<Path> written = writer.write(file.toString(), source.sha256(), image, result);
            return new Done(source.earlier(), Optional.of(result), written);
        } finally {
            room.release(held);
        }
    }

    /** Opens the network for the first image that fits: without it, no other file can be segmented either. */
    private void open() throws NoNetworkException {
        try {
            model.open();
        } catch (IOException e) {
            throw new NoNetworkException(e);
        }
    }

    /** Asked before the work and, as another process may do the same work, after it. */
    private EarlierResult earlier(InputFile input, Optional<String> sha256) {
        return skip ? EarlierResult.of(results.path(input.folder()), input.stem(), sha256, model) : EarlierResult.NONE;
    }

    /** Stops what is in work at its next batch, and waits for it: nobody shall use the network behind the caller's back. */
    @Override
    public void close() {
        canceled = true;
        threads.close();
    }

    /** How a file went. */
    enum Outcome {
        /** It is segmented. */
        DONE,
        /** Its results were there already. */
        KEPT,
        /** It could not be segmented. */
        FAILED
    }

    /** The end of all files, not of one. */
    private static final class NoNetworkException extends IOException {
        private static final long serialVersionUID = 1L;

        private final IOException why;

        NoNetworkException(IOException why) {
            super(why);
            this.why = why;
        }
    }

    private record Done(EarlierResult earlier, Optional<Segmentation> result, List<Path> written) {
        Outcome tell(Path input, BatchListener listener) {
            if (result.isEmpty()) {
                listener.kept(input, earlier.labels().orElseThrow());
                return Outcome.KEPT;
            }
            if (!earlier.difference().isEmpty()) {
                listener.again(input, earlier.difference());
            }
            listener.done(input, result.get(), written);
            return Outcome.DONE;
        }
    }

    /** Where a file stands, for the thread that tells it. */
    private final class Step implements Progress {
        private volatile Runnable tell = () -> {};
        private volatile BatchListener listener = BatchListener.NONE;

        @Override
        public void report(long done, long total, String step) {
            tell = () -> listener.report(done, total, step);
        }

        @Override
        public boolean isCanceled() {
            return canceled;
        }

        void passOn(BatchListener to) {
            listener = to;
            tell.run();
        }
    }

    /** A file in work. */
    static final class Work {
        private record Source(InputFile input, Optional<String> sha256, EarlierResult earlier, Step step) {}

        private final InputFile input;
        private final Step step;
        private final Future<Done> future;

        private Work(InputFile input, Step step, Future<Done> future) {
            this.input = input;
            this.step = step;
            this.future = future;
        }

        /**
         * Waits for the file and tells the listener how it went; meanwhile its progress is passed on.
         *
         * @return how it went
         * @throws CancellationException if the listener asks to stop, or this thread is interrupted
         * @throws IOException if the network cannot be opened
         */
        Outcome await(BatchListener listener) throws IOException {
            try {
                Done done = finished(listener);
                step.passOn(listener);
                return done.tell(input.path(), listener);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof NoNetworkException none) {
                    throw none.why;
                }
                listener.failed(input.path(), e.getCause());
                return Outcome.FAILED;
            }
        }

        private Done finished(BatchListener listener) throws ExecutionException {
            while (true) {
                if (listener.isCanceled()) {
                    throw new CancellationException("Canceled");
                }
                try {
                    return future.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    step.passOn(listener);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new CancellationException("Interrupted");
                }
            }
        }
    }
}
