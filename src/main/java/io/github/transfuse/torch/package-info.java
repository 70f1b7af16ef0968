/** The native side: the engine on JavaCPP PyTorch. */
package io.github.transfuse.torch;
