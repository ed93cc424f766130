package org.voucherledger.api.schemecheck;

import org.voucherledger.api.schemefile.Words;

/**
 * What a part of a scheme says, in a sentence.
 *
 * @param path where it stands in the file, as a JSON pointer
 * @param part its heading
 */
public record Sentence(String path, Words part, Words words) {}
