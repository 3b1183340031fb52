using System.Text;
using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Simulation.Tests.Stores;

public abstract partial class StoreContract
{
    // SHA-256 of "abc", FIPS 180-4's own example.
    private const string Sha256OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static readonly byte[] Abc = "abc"u8.ToArray();

    [Fact]
    public async Task a_document_is_archived_and_comes_back()
    {
        Assert.Equal(Sha256OfAbc, await store.Evidence.PutAsync("B-1", "L-1", "D-1", "dossier.json", Abc));
        Assert.Equal(Abc, await store.Evidence.GetAsync("B-1", "L-1", "D-1", "dossier.json"));
        Assert.Null(await store.Evidence.GetAsync("B-1", "L-1", "D-1", "dossier.html"));
        Assert.Null(await store.Evidence.GetAsync("B-1", "L-1", "D-2", "dossier.json"));
        Assert.Null(await store.Evidence.GetAsync("B-1", "L-2", "D-1", "dossier.json"));
    }

    [Fact]
    public async Task what_is_archived_stays_as_it_is()
    {
        await store.Evidence.PutAsync("B-1", "L-1", "D-1", "dossier.json", Abc);
        Assert.Equal(Sha256OfAbc, await store.Evidence.PutAsync("B-1", "L-1", "D-1", "dossier.json", Abc));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.Evidence.PutAsync("B-1", "L-1", "D-1", "dossier.json", "abd"u8.ToArray()));
        Assert.Equal(Abc, await store.Evidence.GetAsync("B-1", "L-1", "D-1", "dossier.json"));
    }

    [Fact]
    public async Task ids_may_be_anything()
    {
        string[] ids = ["..", "../../etc", "/abs", "a/b", "a:b", "A:B", "CON", "con", "借款 é", "L-1", "l-1", "a\\b", "nul\0byte", ".", new('x', 5000), "a~b", "*?"];
        foreach (var id in ids) await store.Evidence.PutAsync("B-1", id, id, id, Encoding.UTF8.GetBytes(id));
        foreach (var id in ids)
        {
            Assert.Equal(id, Encoding.UTF8.GetString((await store.Evidence.GetAsync("B-1", id, id, id))!));
            Assert.Equal((id, id), Assert.Single(await store.Evidence.ListAsync(id)));
        }
    }

    [Fact]
    public async Task dossiers_of_a_loan_are_listed()
    {
        foreach (var (dossier, name) in new[] { ("D-2", "a.json"), ("D-1", "b.html"), ("D-1", "a.json") }) await store.Evidence.PutAsync("B-1", "L-1", dossier, name, Abc);
        await store.Evidence.PutAsync("B-1", "L-11", "D-9", "a.json", Abc);
        Assert.Equal([("D-1", "a.json"), ("D-1", "b.html"), ("D-2", "a.json")], await store.Evidence.ListAsync("L-1"));
        Assert.Empty(await store.Evidence.ListAsync("L-2"));
    }

    [Fact]
    public async Task erasing_the_borrower_makes_the_dossier_unreadable_for_good()
    {
        await Save(Change(0) with { Details = Details("Gone") });
        await store.Evidence.PutAsync("B-1", "L-1", "D-1", "dossier.json", Abc);
        await store.Borrowers.EraseBorrowerAsync("B-1");
        Assert.Null(await store.Evidence.GetAsync("B-1", "L-1", "D-1", "dossier.json"));
        await store.Evidence.PutAsync("B-1", "L-1", "D-2", "dossier.json", Abc);
        Assert.Null(await store.Evidence.GetAsync("B-1", "L-1", "D-1", "dossier.json"));
        Assert.Equal(Abc, await store.Evidence.GetAsync("B-1", "L-1", "D-2", "dossier.json"));
        Assert.Equal(2, (await store.Evidence.ListAsync("L-1")).Count);
        Assert.Equal(Sha256OfAbc, await store.Evidence.PutAsync("B-1", "L-1", "D-1", "dossier.json", Abc));
    }

    [Fact]
    public async Task an_empty_document_is_a_document()
    {
        await store.Evidence.PutAsync("B-1", "L-1", "D-1", "empty", Array.Empty<byte>());
        Assert.Equal(0, (await store.Evidence.GetAsync("B-1", "L-1", "D-1", "empty"))?.Length);
    }
}
