/**
 * Zarr, versions 2 and 3: arrays in folders of compressed chunks. What the arrays mean is not known here.
 *
 * <p>Start reading at {@link io.github.transfuse.zarr.ZarrArray}, which unpacks one chunk at a time, and at
 * {@link io.github.transfuse.zarr.ZarrGroup}, which finds arrays and attributes. Data in: a folder. Data out: the bytes of
 * chunks, in one order whatever the file's. What is damaged is refused with an {@link java.io.IOException} that names the
 * chunk, what is not known here with an {@link io.github.transfuse.zarr.UnknownZarrException}.
 */
package io.github.transfuse.zarr;
