package app.headlight.tools;

import app.headlight.engine.formats.InductionByHandFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The command that writes the files of {@link InductionByHandFiles}; run it in the root of the repository. */
@Command(name = "induction-by-hand", description = "Writes the files of db/models/induction-by-hand again.")
public final class InductionByHandCommand implements Callable<Integer> {

    public static void main(String[] arguments) {
        System.exit(Programs.of(new InductionByHandCommand(), "These files cannot be written")
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(InductionByHandFiles.FOLDER);
        for (Map.Entry<String, byte[]> file : InductionByHandFiles.files().entrySet()) {
            Files.write(InductionByHandFiles.FOLDER.resolve(file.getKey()), file.getValue());
        }
        return 0;
    }
}
