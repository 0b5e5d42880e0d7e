using System.Text;
using TelephonyHub.Creatio.Wire;

namespace TelephonyHub.Tests.Creatio.Wire;

public sealed class EntityColumnsTests
{
    private const string Metadata =
        """
        <?xml version="1.0" encoding="utf-8"?>
        <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
        <Schema Namespace="Terrasoft.Configuration.OData" xmlns="http://docs.oasis-open.org/odata/ns/edm">
        <EntityType Name="BaseEntity"><Key><PropertyRef Name="Id"/></Key><Property Name="Id" Type="Edm.Guid" Nullable="false"/></EntityType>
        <EntityType Name="Contact" BaseType="Terrasoft.Configuration.OData.BaseEntity">
          <Property Name="Name" Type="Edm.String" Nullable="false"/><Property Name="OwnerId" Type="Edm.Guid"/>
          <NavigationProperty Name="Owner" Type="Terrasoft.Configuration.OData.Contact" Partner="ContactCollectionByOwner"/>
        </EntityType>
        <EntityType Name="Empty"/>
        <ComplexType Name="Other"><Property Name="Stray" Type="Edm.String"/></ComplexType>
        </Schema></edmx:DataServices></edmx:Edmx>
        """;

    [Fact]
    public void Parse_InheritedAndOwnProperties_AreColumnsAndNavigationsAreNot() =>
        EntityColumns.Parse(Encoding.UTF8.GetBytes(Metadata))!["Contact"].Should().BeEquivalentTo("Id", "Name", "OwnerId");

    [Fact]
    public void Parse_ComplexType_AddsNothingToTheEntityBefore() => EntityColumns.Parse(Encoding.UTF8.GetBytes(Metadata))!["Empty"].Should().BeEmpty();

    [Theory]
    [InlineData("<edmx:Edmx")]
    [InlineData("")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e \"e\">]><x/>")]
    public void Parse_NoMetadata_IsNull(string xml) => EntityColumns.Parse(Encoding.UTF8.GetBytes(xml)).Should().BeNull();
}
