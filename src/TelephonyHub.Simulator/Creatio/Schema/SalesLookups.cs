namespace TelephonyHub.Simulator.Creatio.Schema;

/// <summary>Shipped rows of the lookups of leads, opportunities and orders (reference, appendix B.2).</summary>
internal static class SalesLookups
{
    public const string Text = """
        OpportunityStage
            c2067b11-0ee0-df11-971b-001d60e938c6 | Qualification | Number=1, MaxProbability=10, End=False, Successful=False
            2a6de0f7-44d9-4b8a-bce6-acddb7ed8915 | Needs analysis | Number=2, MaxProbability=20, End=False, Successful=False
            325f0619-0ee0-df11-971b-001d60e938c6 | Presentation | Number=3, MaxProbability=30, End=False, Successful=False
            f4e4a00b-ec48-46d0-9ea0-c2b502165ee9 | Id. decision makers | Number=4, MaxProbability=40, End=False, Successful=False
            241ade6b-4256-4947-ba8a-7d96988a97b6 | Proposal development | Number=5, MaxProbability=40, End=False, Successful=False
            423774cb-5ae6-df11-971b-001d60e938c6 | Proposal | Number=6, MaxProbability=60, End=False, Successful=False
            f808c955-c5aa-4aba-95c0-ba7d584d2f32 | Negotiations | Number=7, MaxProbability=80, End=False, Successful=False
            fb563df2-5ae6-df11-971b-001d60e938c6 | Contracting | Number=8, MaxProbability=90, End=False, Successful=False
            60d5310c-5be6-df11-971b-001d60e938c6 | Closed won | Number=9, MaxProbability=100, End=True, Successful=True
            a9aafdfe-2242-4f42-8cd5-2ae3b9556d79 | Closed lost | Number=10, MaxProbability=0, End=True, Successful=False
            9abf243c-fc00-45cf-8e28-cdb66c9208b0 | Closed rerouted | Number=11, MaxProbability=0, End=True, Successful=False
            736f54fd-e240-46f8-8c7c-9066c30aff59 | Closed rejected | Number=12, MaxProbability=0, End=True, Successful=False
        OpportunityType
            c4505efc-6cf5-4b0c-b984-55076bc235f0 | Partner sale
            3c3865f2-ada4-480c-ac91-e2d39c5bbaf9 | Direct sale
        OpportunitySource
            c0ba51a1-493b-4437-8898-c806a86b3a60 | Web
            b79e074d-5810-4c61-a744-adcbc057d363 | Event
            7202f01f-2784-492b-b5c0-c5908241f77f | Print ad
            d03fb563-9539-4768-aaa7-d2f8735df03a | Bulk email
            1cb906e7-bd94-4074-ac9d-fb38de2d7744 | Customer referral
            8720d39b-f4d8-4860-bd54-45853cc48fb8 | Partner referral
            fe6eaf23-98cf-426d-b4bf-1825ae685dad | Employee referral
            8166090d-f0d8-4ff5-a4af-a94db7f59648 | Social network
            bdb6e569-409f-4c7c-8c11-19af994db893 | Successful cooperation history
            3ee03715-6f3b-4750-b44e-f0e925fe1121 | Cold call
        OpportunityCategory
            385e1034-b68e-4e45-b3c3-25b164235f99 | Enterprise
            c3ff7afb-b74f-44bf-9958-af8a9b7f3f77 | Small business
            637d1009-60a7-4927-95db-5a3094e98606 | Medium business
        OpportunityMood
            0e99626f-3f7d-4f47-8a7a-9a4d01f9c195 | Panicked
            2f2de6b3-4732-4562-a1a7-31dc2c432060 | Confident
            5089bd8b-9add-484f-831e-7198ae3c1c51 | Concerned
            7ff3beec-1a9d-466c-b6ad-532f86149dd3 | Euphoric
            a89a6d81-4f3d-484f-9c45-b9160c8de971 | Hopeful
            a9f89fe0-dd26-4b96-8736-471d72c428d5 | Doubtful
            ed4a5b8b-8b1e-45e8-838f-40c468726413 | Default
        OppContactRole
            a698254f-dfcb-4a32-a11c-baf8f32dca3f | Influencer
            873c2e81-e3a2-4e0a-9b02-47b4c0cbb759 | Contact person
            82ecb430-8d6b-40ea-8c01-741fe82cdcbd | Decision maker
        QualifyStatus
            14cfc644-e3ed-497e-8279-ed4319bb8093 | Nurturing | StageNumber=2, IsFinal=False
            128c3718-771a-4d1e-9035-6fa135ca5f70 | Disqualified | StageNumber=0, IsFinal=True
            d790a45d-03ff-4ddb-9dea-8087722c582c | Qualification | StageNumber=1, IsFinal=False
            7a90900b-53b5-4598-92b3-0aee90626c56 | Awaiting sale | StageNumber=4, IsFinal=False
            ceb70b3c-985f-4867-ae7c-88f9dd710688 | Handoff to sales | StageNumber=3, IsFinal=False
            51adc3ec-3503-4b10-a00b-8be3b0e11f08 | Not interested | StageNumber=0, IsFinal=True
            0a0808c5-5415-41f0-bea3-118cc3089959 | Satisfied | StageNumber=5, IsFinal=True
            0198bb53-c5da-41a7-98ad-c92a61706867 | Marketing qualified lead | StageNumber=6, IsFinal=False
            37a86c0e-4755-4609-baca-fe92ce33577a | Closed lost | StageNumber=0, IsFinal=True
            92154e4b-f095-43fb-91ce-070fb0985c41 | Sales qualified lead | StageNumber=7, IsFinal=False
            fb2df0a2-fb55-4fcc-8e46-a8da02c449c8 | Converted | StageNumber=8, IsFinal=True
        LeadRegisterMethod
            d08186b2-b670-4fdf-9596-7654017f9255 | Incoming call / email
            240ab9c6-4d7c-4688-b380-af44dd147d7a | Added manually
            ba097c3a-31cf-48a7-a196-84fad50efe8d | Landing page
            85275068-7b5b-424b-ac4d-f7050aee1eef | Case
            2f65913c-ff62-40fb-9d01-1a3e2e893e0e | Created automatically
        LeadStatus
            3db90f2a-f46b-1410-4693-1c6f65e16a07 | No longer interested
            7d372f02-f46b-1410-4593-1c6f65e16a07 | Qualified as new
            7d3d1124-f46b-1410-4693-1c6f65e16a07 | Unable to connect
            7d3f3116-f46b-1410-4693-1c6f65e16a07 | Qualified as existing
            a3fab018-4b5a-4eee-a2e8-9b4634f54589 | Done
            bd3511f8-f36b-1410-4493-1c6f65e16a07 | New
            d644acbc-d2ae-4081-9429-ade825db1f69 | Contacted
            f4ec1e37-f2b4-4727-8e2a-242fcb4859bf | In progress
            fd3d301e-f46b-1410-4693-1c6f65e16a07 | Lost
        LeadType
            ec4a62b5-9cf0-4e54-abd6-cf509001b2c5 | Additional service
            4eb933c2-d7bb-4711-8d57-3e59c2bcdc0f | Hardware
            84c42d58-10af-4a63-9ca7-845bab573daa | Software
            96ed75a6-1718-4311-a690-a577d4c873b1 | Need for our products
            e12c4c83-97d3-42c7-b785-17b14179e879 | Need for our services
        LeadMedium
            cd64d8c3-746a-4c73-93ad-09a75ae71501 | Web: referrers
            7e9f5358-e4ff-4139-a23a-0bfc4a1f1bb5 | Web: other online advertising
            e95c0d56-e773-4a7c-81d8-148619beebb0 | Email
            e896a7ac-a6fe-43aa-a2cd-161b0faf65bb | Web: direct traffic
            22bcd15d-99ac-4ed1-bda9-2cdf7ca566ef | Other channels
            b1470b51-d708-4a69-8628-3a8cecb5ea60 | Recommendation/personal contact
            4c870607-99b4-40d2-9b0c-50e2eca85c08 | Event
            93412ddd-98c1-4f6e-8d98-696875d057fb | Offline advertising
            fa3f5ad8-56da-4fcf-aa79-7033bdf62178 | Web: social
            5b0c7aed-d0d8-4862-8daa-70c17c04bda4 | Partner referral
            ae811c69-d09f-4bfb-b619-71f4fb19fd14 | Web: organic search
            33a3b3fe-fab9-4256-91bb-b574e021c70a | Web: paid search
            39b44989-6790-4231-9058-bcb149eeff80 | Web: media advertising
            1cd669f4-4e2f-41e4-a439-c56b18f1f9b5 | Contact with the existing customer
        LeadSource
            339fbdd8-2ca0-4a40-98a5-1b4b96a01661 | Yandex.Direct
            6c7e2194-0b60-4b1c-a084-20a73d8cb06f | LinkedIn
            567c32ed-e42c-4815-a7ac-3e3bbf7bd77d | Vkontakte
            6177c15b-5439-4c60-ba46-4d2eb201270e | Google AdWords
            2c97826d-18ab-4e12-9e91-60a709315444 | Twitter
            4f7f26f5-facc-47d4-900b-9d9b1eb1c505 | Creatio marketing
            3c133642-8dbc-4f6c-a0c3-c4a0c4c0aab8 | Yandex
            a417d1e3-2029-4c17-8e15-c6a586d1a9b7 | Google
            532429b9-5324-407a-9c17-d1fdf4c3abc9 | Facebook
            7ea0f0f3-cc41-4516-8ac8-d25f65b18a03 | Mailchimp
            f5e73b24-bd68-45ba-9ec6-dee40a35c615 | Other source
        RegisterMethod
            4f685b03-b96f-4d1b-9caf-e36a2da53cbd | Landing page
            e6eef00a-a551-4d7e-ab21-bc9b5f694849 | Facebook
            fdf5bb79-aee7-4c92-a073-0a9a4ba0af8e | LinkedIn
        OrderStatus
            1f3ad326-effd-4ac3-a3e2-957e7def3684 | 1. Draft | Position=0, FinalStatus=False
            29fa66e3-ef69-4feb-a5af-ec1de125a614 | 2. Confirmation | Position=1, FinalStatus=False
            c8742634-ea8b-46d9-ba71-1989b951772d | 3. In progress | Position=2, FinalStatus=False
            40de86ee-274d-4098-9b92-9ebdcf83d4fc | 4. Completed | Position=3, FinalStatus=True
            8ab0f830-908b-40d7-80a3-7f49ef70ce70 | 5. Canceled | Position=4, FinalStatus=False
        OrderPaymentStatus
            bfe38d3d-bd57-48d7-a2d7-82435cd274ca | Planned
            448d1338-d3a5-4fd4-9a6e-769403f89896 | Unpaid
            4721338e-a5f1-4529-96be-d3f311518812 | Paid
            a2f17c7b-956b-47c8-9ea5-b545b74a26f6 | Partially paid
            309e5219-114d-4a6e-b5b0-fe33caeca4dd | Canceled
        OrderDeliveryStatus
            867ca155-bfa5-4aaa-9172-7813dd4e85f5 | Planned
            66464653-540e-46f3-b444-db2330706b02 | Waiting for delivery
            31b73f97-8e8d-4505-a24f-0b8fc21d0755 | Delivery canceled
            0dd2c99b-9a1a-4419-886e-842a20d35929 | Delivered
            20f1fcf7-34d8-4c00-b4ae-6d9184c7945f | Partially delivered
        SourceOrder
            32fea5d0-64ce-4080-8add-421d5f654f83 | Email
            20cfac58-954c-4837-b66b-48e95a2d4a77 | External integration
            c57b8a8a-0253-4f5a-b161-3b252706e332 | Online shop
            8daba682-7835-42cc-bfe4-e184e9633a17 | Mobile application
            a5759923-62ed-4f39-8557-dc266785c57e | Opportunity
            bf91e78d-8375-4575-b7a4-e281b2c6e5fa | Self-service portal
            5246c2b4-0a65-4670-a68b-9aba9d512b77 | Manual input
            fb11aa39-7cad-4cc5-9d98-983fa1f99bf6 | Website
        """;
}
