package io.github.transfuse.engine;

/**
 * What is known of a device.
 *
 * @param device the device
 * @param available whether it can be used
 * @param name for people, such as the processor's name
 * @param reason why it cannot be used, or what to know about it; may be empty
 * @param nativeBf16 whether it computes bf16 in hardware, and so faster than float32
 */
public record DeviceInfo(Device device, boolean available, String name, String reason, boolean nativeBf16) {}
