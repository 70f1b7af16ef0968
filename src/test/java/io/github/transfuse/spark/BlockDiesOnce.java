package io.github.transfuse.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.TaskContext;
import scala.Function2;
import scala.collection.Iterator;

/** An executor whose first attempt is lost after one part. */
final class BlockDiesOnce implements Function2<TaskContext, Iterator<BlockTask>, BlockReport>, Serializable {
    private static final long serialVersionUID = 1;

    /** When the first part was written that the lost attempt finished. */
    static final List<FileTime> MADE = new CopyOnWriteArrayList<>();

    private final BlockTaskRunner runner;

    BlockDiesOnce(BlockTaskRunner runner) {
        this.runner = runner;
    }

    static FileTime time(BlockTask task) throws IOException {
        return Files.getLastModifiedTime(
                BlockFile.in(Path.of(task.folder()), task.blocks().get(0)).path());
    }

    @Override
    public BlockReport apply(TaskContext context, Iterator<BlockTask> tasks) {
        BlockTask task = tasks.next();
        try {
            if (context.attemptNumber() == 0) {
                runner.run(
                        new BlockTask(task.image(), task.folder(), task.blocks().subList(0, 1)), 1, () -> false);
                MADE.add(time(task));
                throw new IllegalStateException("lost");
            }
            return runner.run(task, 1, () -> false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
