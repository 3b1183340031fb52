using System.Security.Cryptography;
using System.Text.Json;
using CollectionsFlows.Application.Privacy;

namespace CollectionsFlows.Local.Storage;

/// <summary>Finds the keys of a data directory: in the environment, else in its key file, which is created with the directory.</summary>
public static class StoreKeys
{
    /// <summary>The environment variable: <c>id:base64;id2:base64;address:base64</c>, the first being active.</summary>
    public const string EnvironmentVariable = "COLLECTIONS_MASTER_KEYS";

    /// <summary>The keys of <paramref name="directory"/>.</summary>
    /// <param name="directory">The data directory; it is created when a key file is.</param>
    /// <param name="environment">The value of <see cref="EnvironmentVariable"/>; null or empty: use the key file.</param>
    /// <exception cref="KeysUnusableException">The keys are malformed, or the directory holds data and no keys.</exception>
    public static MasterKeys LoadOrCreate(string directory, string? environment)
    {
        if (!string.IsNullOrWhiteSpace(environment)) return MasterKeys.Parse(environment);
        var path = DataDirectory.KeyFile(directory);
        // Looked at first: another process that is just starting writes its keys before its data.
        var holdsData = File.Exists(DataDirectory.Database(directory));
        if (File.Exists(path)) return Read(path);
        // A new key would make the data look erased, and hide that the old one is lost.
        if (holdsData)
            throw new KeysUnusableException($"{directory} holds data, but its key file {path} is missing and {EnvironmentVariable} is not set: put the keys back, without them personal data cannot be read");
        Create(path);
        return Read(path);
    }

    private static MasterKeys Read(string path)
    {
        try
        {
            var content = JsonSerializer.Deserialize(File.ReadAllBytes(path), StoreJson.Default.KeyFileContent);
            if (content is not { Active: not null, Keys: not null, Address: not null })
                throw new KeysUnusableException($"{path}: expected {{\"active\", \"keys\", \"address\"}}");
            var keys = content.Keys.ToDictionary(key => key.Key, key => MasterKeys.Decode(key.Key, key.Value), StringComparer.Ordinal);
            return new MasterKeys(content.Active, keys, MasterKeys.Decode(MasterKeys.AddressKeyId, content.Address));
        }
        catch (JsonException e)
        {
            throw new KeysUnusableException($"{path} is not a key file: bad JSON in line {e.LineNumber + 1}", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new KeysUnusableException($"{path} may not be read by this user", e);
        }
    }

    private static void Create(string path)
    {
        var content = new KeyFileContent("key-1", new Dictionary<string, string>(StringComparer.Ordinal) { ["key-1"] = NewKey() }, NewKey());
        // When another process was first, its keys are the keys.
        DurableFile.TryCreate(path, JsonSerializer.SerializeToUtf8Bytes(content, StoreJson.Default.KeyFileContent));
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
