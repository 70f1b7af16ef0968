/**
 * Cutting n-dimensional images into overlapping tiles, and blending what a network says about the tiles back into one
 * image.
 *
 * <p>Start reading at {@link io.github.transfuse.tiling.SlidingWindow}: it walks a
 * {@link io.github.transfuse.tiling.TilePlan}, lets a {@link io.github.transfuse.tiling.TileReader} fill batches, hands
 * them to a {@link io.github.transfuse.tiling.TilePredictor}, and gives finished rows of blended logits to a
 * {@link io.github.transfuse.tiling.RowSink}. {@link io.github.transfuse.tiling.HalvingPredictor} makes batches smaller
 * where they do not fit into memory. {@link io.github.transfuse.tiling.SeamIndex} measures what is left of the
 * tile borders in a result.
 *
 * <p>Data in: tiles of normalised pixels, layout N,C,[D,]H,W. Data out: rows of blended logits, one array per class.
 * Axes are in ImgLib2 order (x, y[, z]): axis 0 is the fastest, W of the network; the last axis is the slowest.
 * Pure arithmetic: no tensors, no hosts, no files.
 */
package io.github.transfuse.tiling;
