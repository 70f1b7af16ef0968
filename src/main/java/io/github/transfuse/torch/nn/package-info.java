/** The TransFuse network, one class a block. */
package io.github.transfuse.torch.nn;
