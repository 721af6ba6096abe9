package com.openagents.runbook.system.cloudrun;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.system.http.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** Reads the receipt of the chained deploy (contract 2.1). */
final class ReceiptReader {
    private ReceiptReader() {}

    static DeployReceipt read(Path file) {
        try {
            var receipt = JsonText.read(Files.readString(file));
            if (!receipt.isObject()) {
                throw new CouldNotCheck("the receipt " + file + " is no JSON object: the values in it are written"
                        + " without escaping, so a quotation mark in one of them breaks it");
            }
            return new DeployReceipt(file, JsonText.texts(receipt), Instant.now());
        } catch (NoSuchFileException e) {
            return new DeployReceipt(file, Map.of(), Instant.now());
        } catch (IOException e) {
            throw new CouldNotCheck("the receipt " + file + " cannot be read: " + e.getMessage());
        }
    }
}
