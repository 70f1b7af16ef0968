/** TransFuse: segment and train images with a parallel CNN and Transformer. Start reading at {@code TransFuse}. */
package io.github.transfuse;
